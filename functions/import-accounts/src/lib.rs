//! Creates and changes many accounts at once, as the vendor's own books have them (requirement 28).
//!
//! A row is known by the vendor's number, so that the same rows twice change nothing. Each is a transaction of its own: whatever stops a
//! request, the rows that were done are done, and the same request again finds them unchanged.

mod row;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, AccountChanges, AccountId, AccountKind, AccountName, Deed, FieldError,
        FieldErrorCode, authorization::Action, parse_external_id,
    },
    http::{Request, Response, ok},
    runtime::{concurrently, retry_on_conflict},
    store::{Lookup, NewAccount},
    workflows::change_account::change_account,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use row::{Row, Step, Wanted};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/import";

/// As many as are read in one go, and as 64 KiB mostly hold.
const MOST_ROWS: usize = 100;
/// How many transactions are under way at the same time.
const AT_ONCE: usize = 16;
/// What one read takes.
const MOST_READ: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    dry_run: bool,
    /// The numbers of partners that earlier rows of the same file would create; a dry run, which creates none, takes them for created.
    #[serde(default)]
    partners: Vec<String>,
    rows: Vec<Row>,
}

/// What becomes of a row.
#[derive(Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Outcome {
    /// There is a new account; a dry run names none.
    Created { account: Option<AccountId> },
    /// The account has changed in these fields.
    Updated { account: AccountId, changed: Vec<&'static str> },
    /// The account is as the row says.
    Unchanged { account: AccountId },
    /// The row cannot be accepted. The others can.
    Invalid { errors: Vec<FieldError> },
}

/// The accounts that the rows speak of, by the vendor's numbers.
type Known = HashMap<String, Account>;

/// What every row of a request shares.
struct Import {
    app: App,
    access: Access,
    dry_run: bool,
}

/// Answers what became of each row, in their order. Partners are done before their customers, wherever they stand.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, AccountId::VENDOR, Action::ImportAccounts).await?;
    let input: Input = request.json()?;
    if !(1..=MOST_ROWS).contains(&input.rows.len()) {
        return Err(Error::invalid("rows", FieldErrorCode::Rows(MOST_ROWS)));
    }
    if input.partners.len() > MOST_ROWS {
        return Err(Error::invalid("partners", FieldErrorCode::TooMany(MOST_ROWS)));
    }
    let mut seen = HashSet::new();
    let rows: Vec<Wanted> = input.rows.iter().map(|it| it.read(&mut seen)).collect();
    let mut known = read(&app, rows.iter()).await?;
    if input.dry_run {
        expect_partners(&app, &mut known, &input.partners)?;
    }

    let import = Arc::new(Import { app, access, dry_run: input.dry_run });
    let mut results: Vec<Option<Outcome>> = vec![None; rows.len()];
    let (partners, customers): (Vec<_>, Vec<_>) =
        rows.into_iter().enumerate().partition(|(_, it)| it.is_partner(known.get(&it.external_id)));
    for half in [partners, customers] {
        let work = half.into_iter().map(|(index, wanted)| {
            let stored = known.get(&wanted.external_id).cloned();
            let partner = wanted.partner.as_ref().and_then(|it| known.get(it)).cloned();
            let import = Arc::clone(&import);
            async move {
                (
                    index,
                    wanted.external_id.clone(),
                    Box::pin(import.row(wanted, stored, partner)).await,
                )
            }
        });
        for (index, number, done) in concurrently(AT_ONCE, work).await? {
            let (outcome, account) = done?;
            known.extend(account.map(|it| (number, it)));
            results[index] = Some(outcome);
        }
    }
    ok(&json!({ "results": results }))
}

impl Import {
    /// Does one row; returns what came of it, and the account as it is then.
    async fn row(
        &self,
        wanted: Wanted,
        stored: Option<Account>,
        partner: Option<Account>,
    ) -> Result<(Outcome, Option<Account>)> {
        let first_read = Some((stored, partner));
        let first_read = std::sync::Mutex::new(first_read);
        retry_on_conflict("an account", || async {
            let read_before = first_read.lock().ok().and_then(|mut first| first.take());
            let (stored, partner) = match read_before {
                Some(accounts) => accounts,
                None => self.read_again(&wanted).await?,
            };
            match self.row_once(&wanted, stored.as_ref(), partner.as_ref()).await {
                // An account that exists by now was created by somebody else in the meantime.
                Err(Error::AccountExists { .. }) => Err(Error::Conflict),
                outcome => outcome,
            }
        })
        .await
    }

    async fn read_again(&self, wanted: &Wanted) -> Result<(Option<Account>, Option<Account>)> {
        let mut known = read(&self.app, [wanted]).await?;
        let stored = known.remove(&wanted.external_id);
        let partner = wanted.partner.as_ref().and_then(|number| known.remove(number));
        Ok((stored, partner))
    }

    async fn row_once(
        &self,
        wanted: &Wanted,
        stored: Option<&Account>,
        partner: Option<&Account>,
    ) -> Result<(Outcome, Option<Account>)> {
        let (outcome, account) = match wanted.clone().decide(stored, partner) {
            Err(errors) => return Ok((Outcome::Invalid { errors }, None)),
            Ok(Step::Create(kind, name, given)) => {
                self.create(&wanted.external_id, kind, name, given).await?
            }
            Ok(Step::Change(before, changes)) => self.change(&before, changes).await?,
        };
        Ok((outcome, Some(account)))
    }

    async fn create(
        &self,
        number: &str,
        kind: AccountKind,
        name: AccountName,
        given: AccountChanges,
    ) -> Result<(Outcome, Account)> {
        let app = &self.app;
        let account =
            Account::new(app.new_id()?, name, kind, given, app.now(), app.policy.grace_days);
        let account = Account { external_id: Some(number.to_owned()), ..account };
        if self.dry_run {
            return Ok((Outcome::Created { account: None }, account));
        }
        let mut activity = self.access.activity(app, account.id, Deed::AccountCreated, None)?;
        activity.facts.insert("imported".to_owned(), "yes".to_owned());
        let new = NewAccount {
            account: &account,
            first_professional: None,
            mail: None,
            activities: &[activity],
        };
        app.store.create_account(new).await?;
        Ok((Outcome::Created { account: Some(account.id) }, account))
    }

    async fn change(
        &self,
        before: &Account,
        changes: AccountChanges,
    ) -> Result<(Outcome, Account)> {
        let after = if self.dry_run {
            before.with(changes, self.app.now(), self.app.policy.grace_days)
        } else {
            change_account(&self.app, &self.access, before, changes, &[("imported", "yes")]).await?
        };
        let (account, fields) = (after.id, after.changed_since(before));
        let outcome = if fields.is_empty() {
            Outcome::Unchanged { account }
        } else {
            Outcome::Updated { account, changed: fields }
        };
        Ok((outcome, after))
    }
}

/// Reads the accounts that the rows and the partners they name stand for: two round trips, or four where they are more than 100.
async fn read<'a>(app: &App, rows: impl IntoIterator<Item = &'a Wanted>) -> Result<Known> {
    let numbers: HashSet<&String> =
        rows.into_iter().flat_map(|it| it.partner.iter().chain([&it.external_id])).collect();
    // What is no number is nobody's.
    let numbers: Vec<_> = numbers.into_iter().filter(|it| parse_external_id(it).is_ok()).collect();
    let mut known = Known::new();
    for part in numbers.chunks(MOST_READ) {
        let claims = part
            .iter()
            .fold(Lookup::default(), |lookup, it| lookup.external(AccountId::VENDOR, it));
        let claims = app.store.look_up(claims).await?.externals;
        let ids: Vec<_> = claims.iter().map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let mut accounts: HashMap<_, _> =
            app.store.accounts(&ids).await?.into_iter().map(|it| (it.id, it)).collect();
        known.extend(
            claims.into_iter().filter_map(|(number, id)| Some((number, accounts.remove(&id)?))),
        );
    }
    Ok(known)
}

/// Takes the partners that earlier rows would have created for created.
fn expect_partners(app: &App, known: &mut Known, partners: &[String]) -> Result<()> {
    for (index, number) in partners.iter().enumerate() {
        let number = parse_external_id(number)
            .map_err(|code| Error::invalid(&format!("partners.{index}"), code))?;
        let name = AccountName::parse(&number)
            .or_else(|_| AccountName::parse("Partner"))
            .map_err(|code| Error::invalid("partners", code))?;
        let partner = Account::new(
            app.new_id()?,
            name,
            AccountKind::Partner,
            AccountChanges::default(),
            app.now(),
            app.policy.grace_days,
        );
        known.entry(number).or_insert(partner);
    }
    Ok(())
}
