//! HTML: the article of a page, without its menus, side columns and footers.
//!
//! Pages hold a text and much around it. We take the element that says it is the article, or the
//! body, leave out what is marked as something else (by element, role or class), and of the rest
//! keep the blocks that are not mostly links. Works through the tree without recursion, so that
//! no depth of nesting can exhaust the stack.

use scraper::{ElementRef, Html, Node, Selector};

use super::{Page, day};

/// Elements that never hold the text.
const SKIPPED: [&str; 24] = [
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button",
    "select", "textarea", "svg", "canvas", "iframe", "object", "audio", "video", "figure", "menu",
    "dialog", "head", "math", "input", "label",
];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "blockquote",
    "pre",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "header",
    "body",
    "html",
    "address",
    "details",
    "summary",
    "center",
    "tbody",
    "hr",
    "br",
];

/// Parts of class names and ids that mark what is no text.
const MARKED: [&str; 30] = [
    "nav",
    "menu",
    "sidebar",
    "footer",
    "comment",
    "cookie",
    "consent",
    "share",
    "sharing",
    "social",
    "related",
    "recommend",
    "promo",
    "advert",
    "sponsor",
    "newsletter",
    "breadcrumb",
    "subscribe",
    "paywall",
    "popup",
    "modal",
    "banner",
    "masthead",
    "toolbar",
    "pagination",
    "byline-share",
    "tags",
    "disclaimer",
    "copyright",
    "skip-link",
];

/// A block of which more than this share of letters are links is a list of links.
const MOST_LINKED_PERCENT: usize = 60;

/// The article of the page `source`.
pub(in crate::ingest) fn html(source: &str) -> Page {
    let page = Html::parse_document(source);
    let mut found = Page {
        title: title(&page),
        published: published(&page),
        text: String::new(),
    };
    let blocks = root(&page).map(blocks).unwrap_or_default();
    for block in blocks {
        let words = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = words.len();
        let mostly_links = block.linked * 100 > letters * MOST_LINKED_PERCENT;
        if words.is_empty() || (mostly_links && letters < 400) {
            continue;
        }
        if !found.text.is_empty() {
            found.text.push_str("\n\n");
        }
        found.text.push_str(&words);
    }
    found
}

fn first<'p>(page: &'p Html, selector: &str) -> Option<ElementRef<'p>> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector).next()
}

fn attribute(page: &Html, selector: &str, name: &str) -> Option<String> {
    first(page, selector)?
        .value()
        .attr(name)
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
}

fn inner_text(page: &Html, selector: &str) -> Option<String> {
    let element = first(page, selector)?;
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    let text = words.join(" ");
    (!text.is_empty()).then_some(text)
}

fn title(page: &Html) -> Option<String> {
    attribute(page, "meta[property='og:title']", "content")
        .or_else(|| inner_text(page, "article h1"))
        .or_else(|| inner_text(page, "h1"))
        .or_else(|| inner_text(page, "head title"))
}

fn published(page: &Html) -> Option<jiff::civil::Date> {
    [
        ("meta[property='article:published_time']", "content"),
        ("meta[name='date']", "content"),
        ("meta[itemprop='datePublished']", "content"),
        ("meta[name='dc.date']", "content"),
        ("article time[datetime]", "datetime"),
        ("time[datetime]", "datetime"),
    ]
    .into_iter()
    .find_map(|(selector, name)| attribute(page, selector, name).and_then(|value| day(&value)))
}

/// The element that holds the article: of those that say so the one with most words.
fn root(page: &Html) -> Option<ElementRef<'_>> {
    for selector in [
        "article",
        "[itemprop='articleBody']",
        "main",
        "[role='main']",
    ] {
        let Ok(selector) = Selector::parse(selector) else {
            continue;
        };
        let longest = page
            .select(&selector)
            .map(|element| (element.text().map(str::len).sum::<usize>(), element))
            .max_by_key(|(letters, _)| *letters);
        if let Some((letters, element)) = longest
            && letters > 200
        {
            return Some(element);
        }
    }
    first(page, "body").or_else(|| Some(page.root_element()))
}

/// A stretch of text between two borders of blocks.
#[derive(Debug, Default)]
struct Block {
    text: String,
    /// Letters that stand in links.
    linked: usize,
}

fn blocks(root: ElementRef<'_>) -> Vec<Block> {
    let mut found = vec![Block::default()];
    // Each node comes up twice, before and after what it holds.
    let mut work = vec![(*root, false)];
    let mut links = 0_usize;
    while let Some((node, leaving)) = work.pop() {
        match node.value() {
            Node::Text(text) => {
                if let Some(block) = found.last_mut() {
                    block.text.push_str(text);
                    if links > 0 {
                        let letters: usize = text.split_whitespace().map(str::len).sum();
                        block.linked += letters;
                    }
                }
            }
            Node::Element(element) => {
                let name = element.name();
                let is_root = node.id() == root.id();
                if !leaving && !is_root && is_left_out(name, element) {
                    continue;
                }
                if BLOCKS.contains(&name) {
                    found.push(Block::default());
                }
                if name == "a" {
                    links = if leaving {
                        links.saturating_sub(1)
                    } else {
                        links + 1
                    };
                }
                if !leaving {
                    work.push((node, true));
                    work.extend(node.children().rev().map(|child| (child, false)));
                }
            }
            Node::Document
            | Node::Fragment
            | Node::Doctype(_)
            | Node::Comment(_)
            | Node::ProcessingInstruction(_) => {}
        }
    }
    found
}

fn is_left_out(name: &str, element: &scraper::node::Element) -> bool {
    if SKIPPED.contains(&name) {
        return true;
    }
    if element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true") {
        return true;
    }
    let role = element.attr("role").unwrap_or_default();
    if matches!(
        role,
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "dialog" | "menu"
    ) {
        return true;
    }
    // A class may say anything of the body itself ("has-sidebar"), so only inner parts count.
    if matches!(name, "body" | "html" | "article" | "main") {
        return false;
    }
    let marks = element
        .id()
        .into_iter()
        .chain(element.classes())
        .map(str::to_lowercase);
    marks.into_iter().any(|mark| {
        mark.split(['-', '_', ' '])
            .any(|part| MARKED.contains(&part) || MARKED.contains(&part.trim_end_matches('s')))
            || MARKED.contains(&mark.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn the_article_is_kept_and_what_stands_around_it_is_not() {
        let page = html(
            "<html><head><title>Bridge | News</title>\
             <meta property='article:published_time' content='2024-05-06T10:00:00Z'>\
             <script>var x = 'no';</script></head><body>\
             <nav><a href='/'>Home</a></nav><div class='site-menu'>Menu</div>\
             <h1>Bridge</h1><p>The <b>old</b> bridge is open &amp; safe.</p>\
             <ul><li><a href='/1'>Other news of today</a></li></ul>\
             <div class='share-tools'>Share</div><p>It was closed<br>for a year.</p>\
             <footer>All rights reserved</footer></body></html>",
        );
        assert_eq!(page.title.as_deref(), Some("Bridge"));
        assert_eq!(
            page.published.map(|day| day.to_string()).as_deref(),
            Some("2024-05-06")
        );
        assert_eq!(
            page.text,
            "Bridge\n\nThe old bridge is open & safe.\n\nIt was closed\n\nfor a year."
        );
    }

    #[test]
    fn deep_nesting_is_walked_without_recursion() {
        let deep = format!(
            "{}deep words{}",
            "<div>".repeat(20_000),
            "</div>".repeat(20_000)
        );
        assert_eq!(html(&deep).text, "deep words");
    }
}
