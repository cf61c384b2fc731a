//! One result in the making: a value in each numbered slot.

use crate::base::Id;
use crate::model::Value;
use crate::query::checked::Slot;

static NULL: Value = Value::Null;

/// The values of a row. All operators of a plan fill the same row in turn, so passing a row on
/// costs nothing; what must be kept is copied.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row(Vec<Value>);

impl Row {
    /// A row of `width` nulls.
    pub(crate) fn new(width: usize) -> Self {
        Self(vec![Value::Null; width])
    }

    /// The value in `slot`.
    pub(crate) fn value(&self, slot: Slot) -> &Value {
        self.0.get(slot.index()).unwrap_or(&NULL)
    }

    /// Puts `value` into `slot`.
    pub(crate) fn set(&mut self, slot: Slot, value: Value) {
        if let Some(place) = self.0.get_mut(slot.index()) {
            *place = value;
        }
    }

    /// Takes over all values of `other`.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }

    /// How many slots.
    pub(crate) fn width(&self) -> usize {
        self.0.len()
    }
}
