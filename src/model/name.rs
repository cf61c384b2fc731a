//! Interned names of the property graph: labels, relationship types, property keys.
//!
//! Each is a number that one graph gave to a name; the graph turns it back into the name.

use crate::base::Symbol;

macro_rules! define_names {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Symbol);

        impl $name {
            /// The name that `symbol` stands for; names of different graphs must not be mixed.
            pub fn from_symbol(symbol: Symbol) -> Self {
                Self(symbol)
            }

            /// The number of the name in its graph.
            pub fn symbol(self) -> Symbol {
                self.0
            }
        }
    )+};
}

define_names! {
    /// A label of nodes.
    Label,
    /// The type of a relationship.
    RelType,
    /// The key of a property.
    PropertyKey,
}
