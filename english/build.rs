//! Tells the compiler whether the weights lie beside this file, so that a checkout without them
//! builds too; it then holds no model, and reading English says so.

use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(embedded_model)");
    let files = [
        "model.onnx",
        "labels.onnx",
        "labels.json",
        "vocabulary.txt",
        "words.txt",
    ];
    for file in files {
        println!("cargo::rerun-if-changed=english/{file}");
    }
    if files
        .iter()
        .all(|file| Path::new("english").join(file).is_file())
    {
        println!("cargo::rustc-cfg=embedded_model");
    }
}
