//! Creates and changes many accounts at once, as the vendor's own books have them (requirement 28).
//!
//! The vendor's number identifies a row, so the same rows twice change nothing. Each row is a
//! transaction of its own: if a request is interrupted, the same request again finds the finished
//! rows unchanged.

mod row;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use portico::{
    App, Error, Result,
    auth::Access,
    domain::{
        Account, AccountChanges, AccountField, AccountId, AccountKind, AccountName, Event,
        FieldError, FieldErrorCode,
        authorization::Action,
        import::{self, RecordKind},
        parse_external_id,
    },
    http::{Request, Response, ok},
    runtime::{concurrently, retry_on_conflict},
    store::{Lookup, NewAccount},
    workflows::change_account::{ChangeSource, change_account},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use row::{Step, Wanted};

/// Where API Gateway finds this function.
pub const ROUTE: &str = "POST /api/accounts/import";

/// The most transactions at the same time.
const AT_ONCE: usize = 16;
/// The most accounts in one read.
const MOST_READ: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    dry_run: bool,
    /// Numbers of partners that earlier rows of the same file would create. A dry run, which
    /// creates none, takes them for created.
    #[serde(default)]
    partners: Vec<String>,
    #[serde(deserialize_with = "import::account_rows")]
    rows: Vec<import::Row>,
}

/// What becomes of a row.
#[derive(Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Outcome {
    /// There is a new account; a dry run names none.
    Created { account: Option<AccountId>, kind: AccountKind },
    /// The account has changed in these fields.
    Updated { account: AccountId, changed: Vec<AccountField> },
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

/// Returns the outcome of each row, in their order. Partners are done before their customers,
/// wherever they stand.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let access = request.authorize(&app, AccountId::VENDOR, Action::ImportAccounts).await?;
    let input: Input = request.json()?;
    let most_rows = RecordKind::Accounts.rows_per_request();
    if !(1..=most_rows).contains(&input.rows.len()) {
        return Err(Error::invalid("rows", FieldErrorCode::Rows(most_rows)));
    }
    if input.partners.len() > most_rows {
        return Err(Error::invalid("partners", FieldErrorCode::TooMany(most_rows)));
    }
    let mut seen = HashSet::new();
    let rows: Vec<Wanted> = input.rows.iter().map(|row| Wanted::read(row, &mut seen)).collect();
    let mut known = read(&app, rows.iter()).await?;
    if input.dry_run {
        expect_partners(&app, &mut known, &input.partners)?;
    }

    let import = Arc::new(Import { app, access, dry_run: input.dry_run });
    let mut results: Vec<Option<Outcome>> = vec![None; rows.len()];
    let (partners, customers): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .enumerate()
        .partition(|(_, wanted)| wanted.is_partner(known.get(&wanted.external_id)));
    for half in [partners, customers] {
        let work = half.into_iter().map(|(index, wanted)| {
            let stored = known.get(&wanted.external_id).cloned();
            let partner = wanted.partner.as_ref().and_then(|number| known.get(number)).cloned();
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
            known.extend(account.map(|account| (number, account)));
            results[index] = Some(outcome);
        }
    }
    ok(&json!({ "results": results }))
}

impl Import {
    /// Does one row. Returns its outcome, and the account as it is then.
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
            Account::new(app.new_id()?, name, kind, given, self.access.now, app.policy.grace_days);
        let account = Account { external_id: Some(number.to_owned()), ..account };
        if self.dry_run {
            return Ok((Outcome::Created { account: None, kind }, account));
        }
        let event = Event::AccountCreated { imported: true, waiting: false };
        let event = self.access.audit_event(app, account.id, event)?;
        let new = NewAccount {
            account: &account,
            first_professional: None,
            mail: None,
            events: &[event],
        };
        app.store.create_account(new).await?;
        Ok((Outcome::Created { account: Some(account.id), kind }, account))
    }

    async fn change(
        &self,
        before: &Account,
        changes: AccountChanges,
    ) -> Result<(Outcome, Account)> {
        let after = if self.dry_run {
            before.with(changes, self.app.now(), self.app.policy.grace_days)
        } else {
            change_account(&self.app, &self.access, before, changes, ChangeSource::Import).await?
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

/// Reads the accounts of the rows and of the partners they name: two round trips, or four for more
/// than 100 accounts.
async fn read<'a>(app: &App, rows: impl IntoIterator<Item = &'a Wanted>) -> Result<Known> {
    let numbers: HashSet<&String> =
        rows.into_iter().flat_map(|row| row.partner.iter().chain([&row.external_id])).collect();
    // An invalid number is nobody's.
    let numbers: Vec<_> =
        numbers.into_iter().filter(|number| parse_external_id(number).is_ok()).collect();
    let mut known = Known::new();
    for part in numbers.chunks(MOST_READ) {
        let claims = part
            .iter()
            .fold(Lookup::default(), |lookup, number| lookup.external(AccountId::VENDOR, number));
        let claims = app.store.look_up(claims).await?.externals;
        let ids: Vec<_> = claims.iter().map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let accounts = app.store.accounts(&ids).await?.into_iter();
        let mut accounts: HashMap<_, _> = accounts.map(|account| (account.id, account)).collect();
        known.extend(
            claims.into_iter().filter_map(|(number, id)| Some((number, accounts.remove(&id)?))),
        );
    }
    Ok(known)
}

/// Adds the partners that earlier rows would have created.
fn expect_partners(app: &App, known: &mut Known, partners: &[String]) -> Result<()> {
    for (index, number) in partners.iter().enumerate() {
        let number = parse_external_id(number.trim())
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
