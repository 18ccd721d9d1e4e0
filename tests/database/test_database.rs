//! The databases of the tests themselves.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::Client;

use crate::support::TestDatabase;
use crate::support::database::{Failure, connect, keeps_databases};

async fn migrate(url: &str) -> Result<(), Failure> {
    let client = connect(url).await?;
    Ok(client.batch_execute("create table item (id int primary key); insert into item values (1)").await?)
}

async fn count(client: &Client) -> i64 {
    client.query_one("select count(*) from item", &[]).await.unwrap().get(0)
}

async fn exists(client: &Client, name: &str) -> bool {
    client.query_opt("select 1 from pg_database where datname = $1", &[&name]).await.unwrap().is_some()
}

#[tokio::test]
async fn each_test_has_a_migrated_database_to_itself() {
    let one = TestDatabase::create("selftest", migrate).await.unwrap();
    let two = TestDatabase::create("selftest", migrate).await.unwrap();
    let (first, second) =
        (connect(&one.owner_url()).await.unwrap(), connect(&two.owner_url()).await.unwrap());
    first.batch_execute("insert into item values (2)").await.unwrap();
    assert_eq!((count(&first).await, count(&second).await), (2, 1));
}

#[tokio::test]
async fn a_database_goes_with_its_test_even_when_a_connection_is_left_open() {
    if keeps_databases() {
        return;
    }
    let kept = TestDatabase::create("selftest", migrate).await.unwrap();
    let gone = TestDatabase::create("selftest", migrate).await.unwrap();
    let name = gone.name().to_owned();
    let _open = connect(&gone.owner_url()).await.unwrap();
    drop(gone);
    let client = connect(&kept.owner_url()).await.unwrap();
    assert!(!exists(&client, &name).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_template_is_made_once_when_many_ask_at_once() {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let digest = format!("once_{}", std::process::id());
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let digest = digest.clone();
            tokio::spawn(async move {
                let counted = async |url: &str| {
                    MADE.fetch_add(1, Ordering::SeqCst);
                    migrate(url).await
                };
                TestDatabase::create(&digest, counted).await.unwrap()
            })
        })
        .collect();
    let mut databases = Vec::new();
    for task in tasks {
        databases.push(task.await.unwrap());
    }
    assert_eq!(MADE.load(Ordering::SeqCst), 1);
    let client = connect(&databases[0].url("postgres")).await.unwrap();
    client.batch_execute(&format!("drop database tpl_{digest}")).await.unwrap();
}

#[tokio::test]
async fn a_failed_migration_leaves_no_template_behind() {
    let digest = format!("broken_{}", std::process::id());
    let broken = async |_: &str| -> Result<(), Failure> { Err("the migration is wrong".into()) };
    let refusal = TestDatabase::create(&digest, broken).await.err().unwrap();
    assert!(refusal.to_string().contains("wrong"), "{refusal}");
    let database = TestDatabase::create(&digest, migrate).await.unwrap();
    let client = connect(&database.owner_url()).await.unwrap();
    assert_eq!(count(&client).await, 1);
    client.batch_execute(&format!("drop database tpl_{digest}")).await.unwrap();
}
