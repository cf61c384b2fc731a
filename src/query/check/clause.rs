//! Clauses in a row: what each adds to the scope, and which may follow which.

use crate::base::Span;

use super::super::ast::{self, Clause as Written, ExpressionKind, Imports, Name, SubqueryQuestion};
use super::super::checked::{Branch, Clause, Expression, Match, SetItem, Slot};
use super::super::error::{CheckError, CheckFault};
use super::expression::{Place, shared, shared_names, wrong_kind};
use super::kind::Kind;
use super::pattern::Purpose;
use super::project::Origin;
use super::scope::Scope;
use super::subquery::{Nesting, check_new, imported};
use super::{Checker, undefined};

impl Checker<'_> {
    /// A branch started in `scope`, and the scope at its end; `alone` says that it is the whole
    /// query.
    pub(super) fn branch(
        &mut self,
        branch: &ast::Branch,
        mut scope: Scope,
        nesting: Nesting<'_>,
        alone: bool,
    ) -> Result<(Branch, Scope), CheckError> {
        if let Err(error) = check_order(branch, nesting) {
            self.complain(error);
        }
        let mut written = branch.clauses.as_slice();
        if let Nesting::Called {
            around,
            imports: Imports::Unsaid,
        } = nesting
            && let Some((Written::With(first), rest)) = written.split_first()
            && let Some(imported) = imported(first, around)?
        {
            scope = imported;
            written = rest;
        }
        let mut clauses = Vec::with_capacity(branch.clauses.len());
        let mut columns = Vec::new();
        let standalone = alone && branch.clauses.len() == 1;
        for clause in written {
            let checked = match clause {
                Written::Return(written) => {
                    self.remember_names(&scope);
                    self.returned(written, &mut scope, &mut columns, nesting)
                }
                Written::Call(written) => self.call(written, &scope, standalone).map(|called| {
                    if standalone {
                        columns = called.1;
                    }
                    scope = called.2;
                    called.0
                }),
                Written::Match(_)
                | Written::Unwind(_)
                | Written::With(_)
                | Written::Create(_)
                | Written::Merge(_)
                | Written::Set(_)
                | Written::Remove(_)
                | Written::Delete(_)
                | Written::Subquery(_)
                | Written::ForEach(_)
                | Written::LoadCsv(_) => {
                    if matches!(clause, Written::With(_)) {
                        self.remember_names(&scope);
                    }
                    self.clause(clause, &mut scope)
                }
            };
            match checked {
                Ok(clause) => clauses.push(clause),
                Err(error) => {
                    self.complain(error);
                    self.lost = true;
                }
            }
        }
        self.remember_names(&scope);
        Ok((Branch { clauses, columns }, scope))
    }

    /// `RETURN`: the columns go into `columns`, and nothing else stays in `scope`.
    fn returned(
        &mut self,
        written: &ast::Return,
        scope: &mut Scope,
        columns: &mut Vec<(String, Slot)>,
        nesting: Nesting<'_>,
    ) -> Result<Clause, CheckError> {
        let (projection, named, behind) =
            self.projection(&written.projection, None, scope, nesting.origin())?;
        *columns = named;
        if let Nesting::Called { around, .. } = nesting {
            check_new(&written.projection, columns, around)?;
        }
        *scope = behind;
        Ok(Clause::Project(projection))
    }

    pub(super) fn clause(
        &mut self,
        clause: &Written,
        scope: &mut Scope,
    ) -> Result<Clause, CheckError> {
        match clause {
            Written::Match(written) => {
                let known = scope.slots();
                let patterns: Vec<&ast::PathPattern> = written.patterns.iter().collect();
                let found = self.patterns(&patterns, scope, Purpose::Match)?;
                let condition = written
                    .condition
                    .as_ref()
                    .map(|condition| self.condition(condition, &Place::plain(scope)))
                    .transpose()?;
                Ok(Clause::Match(Match {
                    necessity: written.necessity,
                    condition: found.condition(condition),
                    paths: found.paths,
                    known,
                }))
            }
            Written::Unwind(written) => {
                let (list, kind) = self.value(&written.list, &Place::plain(scope))?;
                if scope.binding(&written.variable.text).is_some() {
                    return Err(already_bound(&written.variable));
                }
                let item = self.slots.fresh();
                scope.bind(&written.variable.text, item, kind.item());
                Ok(Clause::Unwind { list, item })
            }
            Written::With(written) => {
                let condition = written.condition.as_ref();
                let projected =
                    self.projection(&written.projection, condition, scope, Origin::With)?;
                *scope = projected.2;
                Ok(Clause::Project(projected.0))
            }
            Written::Create(written) => {
                let patterns: Vec<&ast::PathPattern> = written.patterns.iter().collect();
                Ok(Clause::Create(self.created(
                    &patterns,
                    scope,
                    Purpose::Create,
                )?))
            }
            Written::Merge(written) => self.merge(written, scope),
            Written::Set(written) => Ok(Clause::Set(self.set_items(&written.items, scope)?)),
            Written::Remove(written) => written
                .items
                .iter()
                .map(|item| self.remove_item(item, scope))
                .collect::<Result<_, _>>()
                .map(Clause::Set),
            Written::Delete(written) => {
                let targets = written
                    .expressions
                    .iter()
                    .map(|target| self.deleted(target, scope))
                    .collect::<Result<_, _>>()?;
                Ok(Clause::Delete {
                    targets,
                    attachment: written.attachment,
                })
            }
            Written::LoadCsv(written) => self.load_csv(written, scope),
            Written::Subquery(written) => self.called(written, scope),
            Written::ForEach(written) => self.for_each(written, scope),
            Written::Return(_) | Written::Call(_) => Err(CheckError::new(
                CheckFault::InvalidClauseComposition("this clause cannot stand here"),
                clause.span(),
            )),
        }
    }

    fn load_csv(
        &mut self,
        written: &ast::LoadCsv,
        scope: &mut Scope,
    ) -> Result<Clause, CheckError> {
        let (source, kind) = self.value(&written.source, &Place::plain(scope))?;
        if !kind.fits(&Kind::String) {
            let what = "what LOAD CSV reads";
            return Err(wrong_kind(what, "a string", &kind, written.source.span));
        }
        if scope.binding(&written.variable.text).is_some() {
            return Err(already_bound(&written.variable));
        }
        let separator = written.separator.unwrap_or(',');
        let separator = u8::try_from(separator).map_err(|_| {
            let fault = CheckFault::UnexpectedSyntax("a field terminator is one ASCII character");
            CheckError::new(fault, written.span)
        })?;
        let record = self.slots.fresh();
        let kind = match written.headers {
            ast::Headers::None => Kind::list(Kind::String),
            ast::Headers::FirstRecord => Kind::Map,
        };
        scope.bind(&written.variable.text, record, kind);
        Ok(Clause::LoadCsv {
            source,
            headers: written.headers,
            separator,
            record,
        })
    }

    fn merge(&mut self, written: &ast::Merge, scope: &mut Scope) -> Result<Clause, CheckError> {
        let mut paths = self.created(&[&written.pattern], scope, Purpose::Merge)?;
        let Some(path) = paths.pop() else {
            let fault = CheckFault::UnexpectedSyntax("MERGE needs a pattern");
            return Err(CheckError::new(fault, written.span));
        };
        Ok(Clause::Merge {
            path,
            on_create: self.set_items(&written.on_create, scope)?,
            on_match: self.set_items(&written.on_match, scope)?,
        })
    }

    fn set_items(
        &mut self,
        items: &[ast::SetItem],
        scope: &Scope,
    ) -> Result<Vec<SetItem>, CheckError> {
        items
            .iter()
            .map(|item| {
                Ok(match item {
                    ast::SetItem::Property { of, key, value, .. } => SetItem::Property {
                        of: self.owner(of, scope)?,
                        key: shared(&key.text),
                        value: self.value(value, &Place::plain(scope))?.0,
                    },
                    ast::SetItem::Replace {
                        variable, value, ..
                    } => SetItem::Replace {
                        of: element(variable, scope, &[Kind::Node, Kind::Relationship])?,
                        value: self.value(value, &Place::plain(scope))?.0,
                    },
                    ast::SetItem::Add {
                        variable, value, ..
                    } => SetItem::Add {
                        of: element(variable, scope, &[Kind::Node, Kind::Relationship])?,
                        value: self.value(value, &Place::plain(scope))?.0,
                    },
                    ast::SetItem::Labels {
                        variable, labels, ..
                    } => SetItem::Labels {
                        of: element(variable, scope, &[Kind::Node])?,
                        labels: shared_names(labels),
                    },
                })
            })
            .collect()
    }

    fn remove_item(
        &mut self,
        item: &ast::RemoveItem,
        scope: &Scope,
    ) -> Result<SetItem, CheckError> {
        Ok(match item {
            ast::RemoveItem::Property { of, key, .. } => SetItem::RemoveProperty {
                of: self.owner(of, scope)?,
                key: shared(&key.text),
            },
            ast::RemoveItem::Labels {
                variable, labels, ..
            } => SetItem::RemoveLabels {
                of: element(variable, scope, &[Kind::Node])?,
                labels: shared_names(labels),
            },
        })
    }

    /// The element whose property is set or removed.
    fn owner(&mut self, of: &ast::Expression, scope: &Scope) -> Result<Expression, CheckError> {
        let (value, kind) = self.value(of, &Place::plain(scope))?;
        Self::check_has_properties(&kind, of.span)?;
        Ok(value)
    }

    fn deleted(
        &mut self,
        target: &ast::Expression,
        scope: &Scope,
    ) -> Result<Expression, CheckError> {
        if matches!(target.kind, ExpressionKind::HasLabels { .. }) {
            let fault = CheckFault::InvalidDelete("a label");
            return Err(CheckError::new(fault, target.span)
                .with_help("REMOVE takes labels away from a node"));
        }
        let (value, kind) = self.value(target, &Place::plain(scope))?;
        let deletable =
            kind.is_open() || matches!(kind, Kind::Node | Kind::Relationship | Kind::Path);
        if !deletable {
            let fault = CheckFault::InvalidArgumentType {
                what: "what is deleted".to_owned(),
                wanted: "a node, a relationship or a path".to_owned(),
                given: kind.name().to_owned(),
            };
            return Err(CheckError::new(fault, target.span));
        }
        Ok(value)
    }
}

pub(super) fn already_bound(name: &Name) -> CheckError {
    CheckError::new(
        CheckFault::VariableAlreadyBound(name.text.clone()),
        name.span,
    )
}

/// The slot of `variable`, which must be of one of `kinds`.
fn element(variable: &Name, scope: &Scope, kinds: &[Kind]) -> Result<Slot, CheckError> {
    let Some(binding) = scope.binding(&variable.text) else {
        return Err(undefined(&variable.text, variable.span, scope));
    };
    if !kinds.iter().any(|kind| binding.kind.fits(kind)) {
        let fault = CheckFault::InvalidArgumentType {
            what: format!("`{}`", variable.text),
            wanted: kinds
                .iter()
                .map(Kind::name)
                .collect::<Vec<_>>()
                .join(" or "),
            given: binding.kind.name().to_owned(),
        };
        return Err(CheckError::new(fault, variable.span));
    }
    Ok(binding.slot)
}

/// Refuses clauses that cannot follow one another, and queries that lead nowhere.
fn check_order(branch: &ast::Branch, nesting: Nesting<'_>) -> Result<(), CheckError> {
    let composition =
        |message, span: Span| CheckError::new(CheckFault::InvalidClauseComposition(message), span);
    let Some((last, before)) = branch.clauses.split_last() else {
        return Err(composition("a query needs a clause", branch.span));
    };
    for clause in before {
        if let Written::Return(written) = clause {
            return Err(composition("RETURN must be the last clause", written.span));
        }
    }
    match nesting {
        Nesting::Whole | Nesting::Called { .. } => {}
        Nesting::Asked(SubqueryQuestion::Exists | SubqueryQuestion::Count) => {
            if let Written::With(written) = last {
                let message = "a subquery cannot end with WITH";
                return Err(composition(message, written.span));
            }
            return Ok(());
        }
        Nesting::Asked(SubqueryQuestion::Collect) => {
            if !matches!(last, Written::Return(_)) {
                let message = "a subquery of COLLECT must end with RETURN";
                return Err(composition(message, last.span()));
            }
            return Ok(());
        }
    }
    match last {
        Written::Match(_) | Written::Unwind(_) | Written::With(_) | Written::LoadCsv(_) => Err(
            composition("a query must end with RETURN or with a change", last.span())
                .with_help("add RETURN … at the end"),
        ),
        Written::Return(_)
        | Written::Create(_)
        | Written::Merge(_)
        | Written::Set(_)
        | Written::Remove(_)
        | Written::Delete(_)
        | Written::Call(_)
        | Written::Subquery(_)
        | Written::ForEach(_) => Ok(()),
    }
}
