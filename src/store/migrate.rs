//! The file's version: making a new file, and bringing an older one up to date.
//!
//! SQLite's `user_version` holds the version. A step is one function and runs in one transaction
//! with the change of the number, so a crash leaves either the old file or the new one.

use rusqlite::{Connection, TransactionBehavior};

use super::database::APPLICATION_ID;

/// The version this program writes.
pub(super) const CURRENT_VERSION: i64 = 3;

/// Makes the tables in an empty file.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Two processes may have found the file empty; the second finds the tables made.
    if version(&transaction)? == 0 {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.pragma_update(None, "user_version", CURRENT_VERSION)?;
    }
    transaction.commit()
}

/// The version of the file; 0 when it has no tables yet.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// One step from the version of its place in the list, counted from 1, to the next.
type Step = fn(&Connection) -> rusqlite::Result<()>;

/// All steps in order: the first leads from version 1 to 2.
const STEPS: &[Step] = &[
    |connection| connection.execute_batch(include_str!("migrate_1.sql")),
    |connection| connection.execute_batch(include_str!("migrate_2.sql")),
];

/// Brings a file of version `found` up to date.
pub(super) fn migrate(connection: &mut Connection, found: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(found.saturating_sub(1)).unwrap_or(0);
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step(&transaction)?;
        let reached = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(2);
        transaction.pragma_update(None, "user_version", reached)?;
        transaction.commit()?;
    }
    Ok(())
}
