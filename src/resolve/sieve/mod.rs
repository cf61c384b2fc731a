//! The steps of coreference, one file each; `coreference` says their order.

mod acronym;
mod alias;
mod apposition;
mod exact;
mod expletive;
mod head;
mod joined_verb;
mod name_form;
mod possessive;
mod pronoun;
mod quoted;
mod speaker;

pub(crate) use self::acronym::acronym;
pub(crate) use self::alias::alias;
pub(crate) use self::apposition::apposition;
pub(crate) use self::exact::exact;
pub(crate) use self::head::head;
pub(crate) use self::name_form::name_form;
pub(crate) use self::possessive::possessive;
pub(crate) use self::pronoun::{pronoun, relative};
pub(crate) use self::speaker::speaker;
