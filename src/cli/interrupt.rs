//! Ctrl-C: the first asks running work to stop, the second ends the process.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whom::base::Cancel;

use super::exit::Exit;

/// How the user stops running work.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt {
    cancel: Cancel,
    /// Whether something runs that looks at the flag.
    listening: Arc<AtomicBool>,
}

impl Interrupt {
    /// Takes over Ctrl-C and the signals that end a process.
    pub(crate) fn install() -> Self {
        let interrupt = Self {
            cancel: Cancel::new(),
            listening: Arc::new(AtomicBool::new(false)),
        };
        let handler = interrupt.clone();
        let installed = ctrlc::set_handler(move || handler.signalled());
        if let Err(error) = installed {
            tracing::warn!(%error, "Ctrl-C ends the process at once");
        }
        interrupt
    }

    fn signalled(&self) {
        if self.listening.load(Ordering::Relaxed) && !self.cancel.is_raised() {
            self.cancel.raise();
        } else {
            end();
        }
    }

    /// The flag that work must look at.
    pub(crate) fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// Runs `work`, which looks at the flag; Ctrl-C raises it instead of ending the process.
    pub(crate) fn listen<T>(&self, work: impl FnOnce() -> T) -> T {
        self.cancel.lower();
        self.listening.store(true, Ordering::Relaxed);
        let result = work();
        self.listening.store(false, Ordering::Relaxed);
        result
    }
}

#[expect(
    clippy::exit,
    reason = "the user wants out; a write that breaks off is undone when the file is next opened"
)]
fn end() {
    process::exit(i32::from(Exit::Interrupted.number()));
}
