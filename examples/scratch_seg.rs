use std::collections::*;
use whom::text::{conllu, segments};
fn main() {
    let show = std::env::var("SHOW").is_ok();
    for f in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&f).unwrap();
        let (docs, _) = conllu::read(&t);
        let (mut g, mut s, mut h) = (0, 0, 0);
        let (mut gs, mut ss, mut hs) = (0, 0, 0);
        let mut miss: BTreeMap<String, usize> = BTreeMap::new();
        for d in &docs {
            let (seg, _) = segments(d.text());
            let gt: BTreeSet<_> = d
                .tokens()
                .map(|t| t.span())
                .filter(|s| !s.is_empty())
                .collect();
            let st: BTreeSet<_> = seg.iter().flat_map(|x| x.tokens.iter().copied()).collect();
            g += gt.len();
            s += st.len();
            h += gt.intersection(&st).count();
            let gse: BTreeSet<_> = d
                .sentences()
                .map(|s| {
                    let v: Vec<_> = s.tokens().map(|t| t.span()).collect();
                    v[0].join(v[v.len() - 1])
                })
                .collect();
            let sse: BTreeSet<_> = seg.iter().map(|x| x.span).collect();
            gs += gse.len();
            ss += sse.len();
            hs += gse.intersection(&sse).count();
            if show {
                for t in gt.difference(&st) {
                    let a = t.start();
                    let before: Vec<_> = st
                        .iter()
                        .filter(|x| x.overlaps(*t))
                        .map(|x| x.of(d.text()))
                        .collect();
                    *miss
                        .entry(format!("{} | {}", t.of(d.text()), before.join(" ")))
                        .or_default() += 1;
                    let _ = a;
                }
                for x in gse.difference(&sse) {
                    println!("GOLD SENT {:?}", x.of(d.text()));
                    for y in sse.iter().filter(|y| y.overlaps(*x)) {
                        println!("     SYS {:?}", y.of(d.text()));
                    }
                }
            }
        }
        let f1 = |h: usize, g: usize, s: usize| 200.0 * h as f64 / (g + s) as f64;
        println!(
            "{f}: tokens {:.2} sentences {:.2}",
            f1(h, g, s),
            f1(hs, gs, ss)
        );
        if show {
            let mut v: Vec<_> = miss.into_iter().collect();
            v.sort_by_key(|x| std::cmp::Reverse(x.1));
            for (k, n) in v.iter().take(150) {
                println!("{n} {k}");
            }
        }
    }
}
