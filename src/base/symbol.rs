//! Names stored once and compared as numbers.

use std::collections::HashMap;
use std::sync::Arc;

/// A name in an [`Interner`]. Symbols of different interners must not be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// The place of the name in its interner, from 0 in order of first use.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The symbol at `index`; only an index that came from [`Symbol::index`] means something.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A store of names, each kept once, numbered in order of first use.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    names: Vec<Arc<str>>,
    symbols: HashMap<Arc<str>, Symbol>,
}

impl Interner {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// The symbol of `name`, which is stored if it is new.
    pub fn intern(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.symbols.get(name) {
            return *symbol;
        }
        let symbol = Symbol::from_index(self.names.len());
        let shared: Arc<str> = Arc::from(name);
        self.names.push(Arc::clone(&shared));
        self.symbols.insert(shared, symbol);
        symbol
    }

    /// The symbol of `name` if it is stored.
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }

    /// The name of `symbol`; empty for a symbol of another interner.
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names.get(symbol.index()).map_or("", |name| &**name)
    }

    /// The name of `symbol`, shared.
    pub fn shared_name(&self, symbol: Symbol) -> Arc<str> {
        self.names
            .get(symbol.index())
            .map_or_else(|| Arc::from(""), Arc::clone)
    }

    /// How many names are stored.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no name is stored.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All names in order of first use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}
