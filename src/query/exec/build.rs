//! From the physical plan to running operators, one arm per operator.

use crate::query::physical;

use super::aggregate::Aggregate;
use super::apply::{Apply, Argument, Nothing, Optional};
use super::call::Call;
use super::create::Create;
use super::delete::Delete;
use super::distinct::Distinct;
use super::eager::Eager;
use super::ends::Ends;
use super::expand::Expand;
use super::expand_many::{ExpandMany, Lengths};
use super::filter::Filter;
use super::limit::{Limit, Skip};
use super::load_csv::LoadCsv;
use super::lookup::Lookup;
use super::merge::Merge;
use super::perform::{ForEach, Perform};
use super::pipeline::Pipeline;
use super::profile::Profiled;
use super::project::Project;
use super::repeat::{Course, Repeat};
use super::scan::Scan;
use super::seek::{NodeById, Seek};
use super::select_paths::{Choice, SelectPaths};
use super::set::Set;
use super::shortest_path::{Quest, ShortestPath};
use super::sort::{Sort, Top};
use super::union::Union;
use super::unwind::Unwind;
use super::walk::Walk;
use super::{BoxOperator, create::Creation};

/// Whether the operators of a run are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watch {
    /// They run as they are.
    Off,
    /// The rows and the time of each go into the profile of the context.
    On,
}

/// Whether parts of a plan may be run as pipelines.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mode<'s> {
    /// Row by row throughout: plans that write, and those that are started anew on each row.
    Rows,
    /// As pipelines where there can be one; rows are so wide, and these are the subqueries of
    /// expressions.
    Pipelines {
        width: usize,
        subqueries: &'s [physical::Step],
    },
}

/// How a plan is run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner<'s> {
    pub(crate) watch: Watch,
    pub(crate) mode: Mode<'s>,
}

/// The operator that runs `step`.
pub(crate) fn build(step: physical::Step, manner: Manner<'_>) -> BoxOperator {
    use physical::Operator as Physical;
    if let Mode::Pipelines { width, subqueries } = manner.mode
        && let Some(pipeline) = Pipeline::new(&step, width, subqueries)
    {
        return watched(Box::new(pipeline), step.number, manner.watch);
    }
    let inner = Manner {
        mode: Mode::Rows,
        ..manner
    };
    let build_inner = |step: physical::Step| build(step, inner);
    let build = |step: physical::Step| build(step, manner);
    let operator: BoxOperator = match step.operator {
        Physical::Argument => Box::new(Argument::default()),
        Physical::Nothing => Box::new(Nothing),
        Physical::AllNodes { input, node } => Box::new(Scan::new(build(*input), node, None)),
        Physical::NodesByLabel { input, node, label } => {
            Box::new(Scan::new(build(*input), node, Some(vec![label])))
        }
        Physical::NodesByAnyLabel {
            input,
            node,
            labels,
        } => Box::new(Scan::new(build(*input), node, Some(labels))),
        Physical::NodesByIndex {
            input,
            node,
            label,
            key,
            value,
        }
        | Physical::NodesByComparison {
            input,
            node,
            label,
            key,
            value,
        } => Box::new(Seek::new(build(*input), node, label, key, value)),
        Physical::Lookup {
            input,
            element,
            sought,
            values,
        } => Box::new(Lookup::new(build(*input), element, sought, values)),
        Physical::NodeById { input, node, id } => Box::new(NodeById::new(build(*input), node, id)),
        Physical::Expand {
            input,
            relationship,
            expansion,
        } => Box::new(Expand::new(build(*input), relationship, expansion)),
        Physical::ExpandMany {
            input,
            border,
            relationships,
            reversed,
            expansion,
            least,
            most,
            properties,
        } => Box::new(ExpandMany::new(
            build(*input),
            (relationships, reversed),
            expansion,
            (Lengths { least, most }, border),
            properties,
        )),
        Physical::Repeat(plan) => {
            let physical::Repeat {
                input,
                pass,
                from,
                to,
                start,
                end,
                relationships,
                trail,
                groups,
                reversed,
                least,
                most,
                border,
                distinct_from,
            } = plan;
            Box::new(Repeat::new(
                build(*input),
                build(*pass),
                Course {
                    from,
                    to,
                    start,
                    end,
                    relationships,
                    trail,
                    groups,
                    reversed,
                    lengths: Lengths { least, most },
                    border,
                    distinct_from,
                },
            ))
        }
        Physical::ShortestPath(plan) => {
            let quest = Quest {
                from: plan.from,
                to: plan.to,
                relationships: plan.relationships,
                path: plan.path,
                nodes: plan.nodes,
                reversed: plan.reversed,
                wanted: plan.wanted,
                form: plan.form,
                types: plan.types,
                direction: plan.direction,
                lengths: Lengths {
                    least: plan.least,
                    most: plan.most,
                },
                properties: plan.properties,
                test: plan.test,
                condition: plan.condition,
            };
            Box::new(ShortestPath::new(build(*plan.input), quest))
        }
        Physical::SelectPaths(plan) => {
            let choice = Choice {
                ends: plan.ends,
                bound: plan.bound,
                wanted: plan.wanted,
                steps: plan.steps,
                border: plan.border,
            };
            Box::new(SelectPaths::new(
                build(*plan.input),
                build(*plan.find),
                choice,
            ))
        }
        Physical::Ends {
            input,
            relationship,
            from,
            to,
            types,
            direction,
            distinct_from,
        } => Box::new(Ends::new(
            build(*input),
            relationship,
            (from, to),
            types,
            direction,
            distinct_from,
        )),
        Physical::Walk {
            input,
            relationships,
            from,
            to,
            types,
            direction,
            least,
            most,
        } => Box::new(Walk::new(
            build(*input),
            relationships,
            (from, to),
            types,
            direction,
            Lengths { least, most },
        )),
        Physical::Filter { input, condition } => Box::new(Filter::new(build(*input), condition)),
        Physical::Project { input, items } => Box::new(Project::new(build(*input), items)),
        Physical::Unwind { input, list, item } => Box::new(Unwind::new(build(*input), list, item)),
        Physical::Apply { input, inner } => {
            Box::new(Apply::new(build(*input), build_inner(*inner)))
        }
        Physical::LoadCsv {
            input,
            source,
            headers,
            separator,
            record,
        } => Box::new(LoadCsv::new(
            build(*input),
            source,
            headers,
            separator,
            record,
        )),
        Physical::Perform { input, inner } => {
            Box::new(Perform::new(build(*input), build_inner(*inner)))
        }
        Physical::ForEach {
            input,
            list,
            item,
            inner,
        } => Box::new(ForEach::new(build(*input), list, item, build_inner(*inner))),
        Physical::Optional {
            input,
            inner,
            nulls,
        } => Box::new(Optional::new(build(*input), build_inner(*inner), nulls)),
        Physical::Aggregate {
            input,
            keys,
            aggregations,
        } => Box::new(Aggregate::new(build(*input), keys, aggregations)),
        Physical::Distinct { input, slots } => Box::new(Distinct::new(build(*input), slots)),
        Physical::Sort { input, keys } => Box::new(Sort::new(build(*input), keys)),
        Physical::Top { input, keys, limit } => Box::new(Top::new(build(*input), keys, limit)),
        Physical::Skip { input, count } => Box::new(Skip::new(build(*input), count)),
        Physical::Limit { input, count } => Box::new(Limit::new(build(*input), count)),
        Physical::Union { branches, slots } => {
            let branches = branches
                .into_iter()
                .map(|(branch, columns)| (build(branch), columns))
                .collect();
            Box::new(Union::new(branches, slots))
        }
        Physical::Eager { input } => Box::new(Eager::new(build(*input))),
        Physical::Create {
            input,
            nodes,
            relationships,
        } => {
            let creation = Creation {
                nodes,
                relationships,
            };
            Box::new(Create::new(build(*input), creation))
        }
        Physical::Merge {
            input,
            find,
            nodes,
            relationships,
            on_create,
            on_match,
        } => {
            let creation = Creation {
                nodes,
                relationships,
            };
            Box::new(Merge::new(
                build(*input),
                build_inner(*find),
                creation,
                on_create,
                on_match,
            ))
        }
        Physical::Set { input, items } => Box::new(Set::new(build(*input), items)),
        Physical::Delete {
            input,
            targets,
            attachment,
        } => Box::new(Delete::new(build(*input), targets, attachment)),
        Physical::Call {
            input,
            procedure,
            arguments,
            outputs,
        } => Box::new(Call::new(build(*input), procedure, arguments, outputs)),
    };
    watched(operator, step.number, manner.watch)
}

fn watched(operator: BoxOperator, number: usize, watch: Watch) -> BoxOperator {
    match watch {
        Watch::Off => operator,
        Watch::On => Box::new(Profiled::new(operator, number)),
    }
}
