//! `whom why` and `whom why-not`: why something is in the graph, and why something is not.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value as Json, json};
use whom::base::Id as _;
use whom::ingest::MergeRecord;
use whom::resolve::JoinReason;
use whom::{About, Absence, End, EntityReason, Reason, Session};

use super::open;
use super::parse::{sentence_json, write_tree};
use crate::cli::args::{ExplanationFormat, WhyArguments, WhyNotArguments};
use crate::cli::rows::shown;
use crate::cli::{Context, Exit, Failure};

/// `whom why`.
pub(crate) fn why(arguments: &WhyArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    let format = arguments.format;
    match (&arguments.relationship, arguments.entities.as_slice()) {
        (Some(number), _) => write_why(&mut session, About::Relationship(*number), format, context),
        (None, [one, other, ..]) => {
            write_why(&mut session, About::Entities(one, other), format, context)
        }
        (None, [one]) => write_why_entity(&mut session, one, format, context),
        (None, []) => Ok(()),
    }?;
    Ok(Exit::Done)
}

/// `whom why-not`.
pub(crate) fn why_not(arguments: &WhyNotArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    let WhyNotArguments {
        subject,
        relation,
        object,
        format,
        ..
    } = arguments;
    write_why_not(&mut session, (subject, relation, object), *format, context)?;
    Ok(Exit::Done)
}

/// Writes why each relationship that `about` names is there.
pub(crate) fn write_why(
    session: &mut Session,
    about: About<'_>,
    format: ExplanationFormat,
    context: &Context,
) -> Result<(), Failure> {
    let reasons = session.why(about)?;
    let mut out = context.output.writer();
    match format {
        ExplanationFormat::Json => {
            let reasons: Vec<Json> = reasons.iter().map(reason_json).collect();
            writeln!(out, "{:#}", Json::Array(reasons))?;
        }
        ExplanationFormat::Text if reasons.is_empty() => {
            let text = match about {
                About::Entities(..) => {
                    "no document states anything between the two; `why-not` tells more"
                }
                About::Relationship(_) => "there is no such relationship, or no document made it",
            };
            writeln!(out, "{text}")?;
        }
        ExplanationFormat::Text => {
            for (number, reason) in reasons.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                write_reason(&mut out, reason)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Writes where an entity is mentioned and why that is one thing.
pub(crate) fn write_why_entity(
    session: &mut Session,
    name: &str,
    format: ExplanationFormat,
    context: &Context,
) -> Result<(), Failure> {
    let reason = session.why_entity(name)?;
    let mut out = context.output.writer();
    match format {
        ExplanationFormat::Json => writeln!(out, "{:#}", entity_json(&reason))?,
        ExplanationFormat::Text => write_entity(&mut out, &reason)?,
    }
    out.flush()?;
    Ok(())
}

/// Writes how far the machine got on the way to a statement that is not there.
pub(crate) fn write_why_not(
    session: &mut Session,
    (subject, relation, object): (&str, &str, &str),
    format: ExplanationFormat,
    context: &Context,
) -> Result<(), Failure> {
    let absence = session.why_not(subject, relation, object)?;
    let mut out = context.output.writer();
    match format {
        ExplanationFormat::Json => writeln!(out, "{:#}", absence_json(&absence))?,
        ExplanationFormat::Text => write_absence(&mut out, &absence)?,
    }
    out.flush()?;
    Ok(())
}

fn write_reason(out: &mut dyn Write, reason: &Reason) -> io::Result<()> {
    let statement = &reason.statement;
    let end = |end: &Option<End>, words: Option<&str>| match end {
        Some(end) => end.entity.name.clone(),
        None => words.unwrap_or("unsaid").to_owned(),
    };
    writeln!(
        out,
        "({})-[{}]->({})   relationship {}",
        shown(&end(&reason.subject, None)),
        reason.rel_type,
        shown(&end(&reason.object, statement.object_text.as_deref())),
        reason.relationship,
    )?;
    writeln!(out, "{}:{}", shown(&reason.source), reason.start)?;
    writeln!(out, "  {}", shown(&marked(reason)))?;
    let mut claim = vec![statement.polarity.clone(), statement.modality.clone()];
    if let Some(speaker) = &statement.attributed_text {
        claim.push(format!("the word of {speaker}"));
    }
    if statement.inferred {
        claim.push("in part inferred".to_owned());
    }
    writeln!(out, "claim       {}", claim.join(", "))?;
    if let Some(account) = &reason.account {
        writeln!(out, "rule        {}: {}", statement.rule, account.about)?;
        if let Some(place) = &reason.rule_place {
            writeln!(out, "  written   {}", shown(place))?;
        }
        let matched: Vec<String> = account
            .matched
            .iter()
            .filter_map(|token| reason.document.token(*token))
            .map(|token| format!("“{}”", token.text()))
            .collect();
        writeln!(out, "  matched   {}", shown(&matched.join(" ")))?;
        let changed = if account.factors.is_empty() {
            ""
        } else {
            ", its odds changed by"
        };
        writeln!(
            out,
            "confidence  {}: {} of the rule{changed}",
            statement.confidence, account.base
        )?;
        for factor in &account.factors {
            writeln!(out, "  × {:.2}    {}", factor.odds, shown(&factor.reason))?;
        }
    } else {
        writeln!(
            out,
            "rule        {} (not among those built in)",
            statement.rule
        )?;
        if let Some(place) = &reason.rule_place {
            writeln!(out, "  written   {}", shown(place))?;
        }
        writeln!(out, "confidence  {}", statement.confidence)?;
    }
    for (label, end) in [("subject", &reason.subject), ("object", &reason.object)] {
        if let Some(end) = end {
            write_end(out, label, end)?;
        }
    }
    let sentence = reason
        .document
        .sentences()
        .find(|other| other.id() == reason.sentence);
    if let Some(sentence) = sentence {
        writeln!(out, "tree")?;
        write_tree(out, sentence)?;
    }
    Ok(())
}

fn write_end(out: &mut dyn Write, label: &str, end: &End) -> io::Result<()> {
    let words = shown(&end.words);
    writeln!(
        out,
        "{label:<11} “{words}” is {}",
        shown(&end.entity.line())
    )?;
    for step in &end.steps {
        writeln!(out, "            {}", shown(&step_text(step)))?;
    }
    for joined in &end.joined {
        let text = join_text(joined, &end.called);
        writeln!(out, "            {}", shown(&text))?;
    }
    Ok(())
}

/// The sentence with the words of the statement in brackets.
fn marked(reason: &Reason) -> String {
    let Some(account) = &reason.account else {
        let sentences = &mut reason.document.sentences();
        let found = sentences.find(|other| other.id() == reason.sentence);
        return found.map_or_else(String::new, |sentence| sentence.text().to_owned());
    };
    let argument = |argument: &Option<whom::extract::Argument>| {
        let tokens = argument.as_ref().map(|argument| argument.core.clone());
        tokens
            .unwrap_or_default()
            .into_iter()
            .collect::<BTreeSet<_>>()
    };
    let statement = &account.statement;
    let groups = [
        (argument(&statement.subject), '[', ']'),
        (argument(&statement.object), '[', ']'),
        (
            statement.relation.tokens.iter().copied().collect(),
            '<',
            '>',
        ),
    ];
    let sentences = &mut reason.document.sentences();
    let Some(sentence) = sentences.find(|other| other.id() == reason.sentence) else {
        return String::new();
    };
    let text = sentence.text();
    let offset = sentence.span().start();
    let mut marked = String::new();
    let mut done = 0;
    let mut open: Option<usize> = None;
    let mut last_end = 0;
    for token in sentence.tokens() {
        let group = groups
            .iter()
            .position(|(tokens, _, _)| tokens.contains(&token.id()));
        let (start, end) = (token.span().start() - offset, token.span().end() - offset);
        if group != open {
            if let Some((_, _, close)) = open.and_then(|open| groups.get(open)) {
                marked.push_str(text.get(done..last_end).unwrap_or_default());
                marked.push(*close);
                done = last_end;
            }
            if let Some((_, opening, _)) = group.and_then(|group| groups.get(group)) {
                marked.push_str(text.get(done..start).unwrap_or_default());
                marked.push(*opening);
                done = start;
            }
            open = group;
        }
        last_end = end;
    }
    if let Some((_, _, close)) = open.and_then(|open| groups.get(open)) {
        marked.push_str(text.get(done..last_end).unwrap_or_default());
        marked.push(*close);
        done = last_end;
    }
    marked.push_str(text.get(done..).unwrap_or_default());
    marked.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_entity(out: &mut dyn Write, reason: &EntityReason) -> io::Result<()> {
    writeln!(out, "{}", shown(&reason.entity.line()))?;
    for member in &reason.members {
        let document = &member.document;
        writeln!(
            out,
            "\n{} calls it “{}”",
            shown(document),
            shown(&member.called)
        )?;
        for joined in &member.joined {
            writeln!(out, "  {}", shown(&join_text(joined, &member.called)))?;
        }
        for mention in &member.mentions {
            let sentence = mention
                .sentence
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            writeln!(
                out,
                "  {}:{}  “{}”  {}",
                shown(document),
                mention.at,
                shown(&mention.words),
                mention.step.as_ref().map_or_else(
                    || "first of its kind".to_owned(),
                    |step| format!("as “{}”: {}", shown(&step.earlier), sieve_text(&step.sieve)),
                ),
            )?;
            writeln!(out, "      {}", shown(&sentence))?;
        }
    }
    Ok(())
}

fn write_absence(out: &mut dyn Write, absence: &Absence) -> io::Result<()> {
    writeln!(out, "{}", shown(&absence.subject.line()))?;
    writeln!(out, "{}", shown(&absence.object.line()))?;
    for finding in &absence.findings {
        writeln!(out, "- {}", shown(&finding.text))?;
        if let Some(sentence) = &finding.sentence {
            let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            let document = finding.document.as_deref().unwrap_or_default();
            writeln!(out, "  “{}” ({})", shown(&sentence), shown(document))?;
        }
        for near in &finding.near {
            writeln!(
                out,
                "  nearly: rule {} ({}), but {}",
                near.rule,
                shown(&near.place),
                shown(&near.text)
            )?;
        }
    }
    Ok(())
}

fn step_text(step: &MergeRecord) -> String {
    format!(
        "“{}” (byte {}) means “{}” (byte {}): {}",
        step.later,
        step.later_start,
        step.earlier,
        step.earlier_start,
        sieve_text(&step.sieve)
    )
}

/// A step of resolution, for people.
fn sieve_text(sieve: &str) -> &str {
    match sieve {
        "exact" => "the same words",
        "apposition" => "one says what the other is",
        "acronym" => "one is the short form of the other",
        "name-form" => "a shorter form of the name",
        "head" => "a description that fits",
        "relative" => "a relative pronoun after its noun",
        "speaker" => "who speaks in the quotation",
        "pronoun" => "the nearest thing that the pronoun fits",
        "possessive" => "the owner is the same",
        other => other,
    }
}

fn join_text(reason: &JoinReason, called: &str) -> String {
    match reason {
        JoinReason::SameName => format!("one with all that documents call “{called}”"),
        JoinReason::ShortName { short } => {
            format!("“{short}” is the short form that a document explains")
        }
        JoinReason::SameDescription => {
            format!("“{called}” names it so well that it is the same in every document")
        }
        JoinReason::MergedByHand { correction } => {
            format!("merged by hand, correction {correction}")
        }
        JoinReason::SplitByHand { correction } => {
            format!("taken apart by hand, correction {correction}")
        }
    }
}

fn reason_json(reason: &Reason) -> Json {
    let sentence = reason
        .document
        .sentences()
        .find(|other| other.id() == reason.sentence);
    json!({
        "relationship": reason.relationship,
        "type": reason.rel_type,
        "document": reason.source,
        "start": reason.start,
        "sentence": sentence.map(|sentence| sentence.text().to_owned()),
        "statement": reason.statement,
        "subject": reason.subject.as_ref().map(end_json),
        "object": reason.object.as_ref().map(end_json),
        "rule": {
            "name": reason.statement.rule,
            "place": reason.rule_place,
            "about": reason.account.as_ref().map(|account| account.about.clone()),
            "matched": reason.account.as_ref().map(|account| {
                let tokens = account.matched.iter().filter_map(|token| reason.document.token(*token));
                tokens.map(|token| json!({
                    "token": token.id().index(),
                    "text": token.text(),
                })).collect::<Vec<_>>()
            }),
        },
        "confidence": {
            "value": reason.statement.confidence,
            "base": reason.account.as_ref().map(|account| account.base.to_string()),
            "factors": reason.account.as_ref().map(|account| {
                let factors = account.factors.iter();
                factors.map(|factor| json!({
                    "odds": factor.odds.to_string(),
                    "reason": factor.reason,
                })).collect::<Vec<_>>()
            }),
        },
        "tree": sentence.map(sentence_json),
    })
}

fn end_json(end: &End) -> Json {
    json!({
        "id": end.entity.id,
        "name": end.entity.name,
        "words": end.words,
        "steps": end.steps,
        "joined": joins_json(&end.joined, &end.called),
    })
}

fn joins_json(joined: &[JoinReason], called: &str) -> Vec<String> {
    joined
        .iter()
        .map(|reason| join_text(reason, called))
        .collect()
}

fn entity_json(reason: &EntityReason) -> Json {
    let members: Vec<Json> = reason
        .members
        .iter()
        .map(|member| {
            let mentions: Vec<Json> = member
                .mentions
                .iter()
                .map(|mention| {
                    json!({
                        "at": format!("{}:{}", member.document, mention.at),
                        "words": mention.words,
                        "sentence": mention.sentence,
                        "step": mention.step,
                    })
                })
                .collect();
            json!({
                "document": member.document,
                "called": member.called,
                "joined": joins_json(&member.joined, &member.called),
                "mentions": mentions,
            })
        })
        .collect();
    json!({"id": reason.entity.id, "name": reason.entity.name, "members": members})
}

fn absence_json(absence: &Absence) -> Json {
    let findings: Vec<Json> = absence
        .findings
        .iter()
        .map(|finding| {
            json!({
                "stage": finding.stage,
                "text": finding.text,
                "sentence": finding.sentence,
                "document": finding.document,
                "near": finding.near.iter().map(|near| json!({
                    "rule": near.rule,
                    "place": near.place,
                    "text": near.text,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "subject": absence.subject.id,
        "type": absence.rel_type,
        "object": absence.object.id,
        "findings": findings,
    })
}
