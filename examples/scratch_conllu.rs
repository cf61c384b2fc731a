use whom::text::conllu;
fn main() {
    for f in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&f).unwrap();
        let (docs, bad) = conllu::read(&t);
        eprintln!(
            "{f}: {} docs {} sentences {} tokens {} mentions {} complaints",
            docs.len(),
            docs.iter().map(|d| d.sentences().len()).sum::<usize>(),
            docs.iter().map(|d| d.token_count()).sum::<usize>(),
            docs.iter().map(|d| d.mentions().len()).sum::<usize>(),
            bad.len()
        );
        for b in bad.iter().take(5) {
            eprintln!("{}", b.message)
        }
        let mut out = String::new();
        for d in &docs {
            out += &conllu::write(d);
        }
        println!("{out}");
        for d in docs.iter().take(1) {
            for s in d.sentences().skip(0).take(12) {
                eprintln!("{}", s.text());
                for m in s.mentions() {
                    eprintln!(
                        "   {:?} {:?} {:?} [{}] head {}",
                        m.form(),
                        m.entity_type(),
                        m.name_type(),
                        m.text(),
                        m.head().text()
                    );
                }
            }
        }
    }
}
