//! Markdown: the words without the marks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Page, day};

/// The text of `source` without markup, code and pictures. The title is the front matter's or the
/// first heading of the first level; the day is the front matter's `date`.
pub(in crate::ingest) fn markdown(source: &str) -> Page {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH;
    let mut page = Page::default();
    let mut paragraph = String::new();
    let mut heading: Option<HeadingLevel> = None;
    let mut skipped = 0_u32;
    let mut metadata = false;
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => metadata = false,
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => {
                skipped = skipped.saturating_sub(1);
            }
            Event::Start(Tag::Heading { level, .. }) => {
                flush(&mut page, &mut paragraph);
                heading = Some(level);
            }
            Event::End(TagEnd::Heading(_)) => {
                if heading == Some(HeadingLevel::H1) && page.title.is_none() {
                    page.title = Some(paragraph.trim().to_owned());
                }
                heading = None;
                flush(&mut page, &mut paragraph);
            }
            Event::Text(text) if metadata => front_matter(&mut page, &text),
            Event::Text(text) | Event::Code(text) if skipped == 0 => paragraph.push_str(&text),
            Event::SoftBreak if skipped == 0 => paragraph.push(' '),
            Event::HardBreak if skipped == 0 => paragraph.push('\n'),
            Event::End(TagEnd::TableCell) => paragraph.push(' '),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::Table(_)
                | Tag::TableRow,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::TableRow
                | TagEnd::TableHead,
            )
            | Event::Rule => flush(&mut page, &mut paragraph),
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::TaskListMarker(_) => {}
        }
    }
    flush(&mut page, &mut paragraph);
    page
}

fn flush(page: &mut Page, paragraph: &mut String) {
    let words = paragraph.trim();
    if !words.is_empty() {
        if !page.text.is_empty() {
            page.text.push_str("\n\n");
        }
        page.text.push_str(words);
    }
    paragraph.clear();
}

fn front_matter(page: &mut Page, block: &str) {
    for (key, value) in block.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" if !value.is_empty() => page.title = Some(value.to_owned()),
            "date" => page.published = day(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn marks_are_removed_and_front_matter_is_read() {
        let page = markdown(
            "---\ntitle: \"Bridge\"\ndate: 2024-05-06\n---\n\n# The bridge\n\nThe *old* \
             [bridge](http://a.b)\nis open.\n\n- one\n- two\n\n```\ncode\n```\n",
        );
        assert_eq!(page.title.as_deref(), Some("Bridge"));
        assert_eq!(
            page.published.map(|day| day.to_string()).as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(
            page.text,
            "The bridge\n\nThe old bridge is open.\n\none\n\ntwo"
        );
    }
}
