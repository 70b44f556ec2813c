//! Finding out whom to ask about a request for access: the same when it comes in, when it is passed on and when its day has come.

use std::time::Duration;

use crate::{
    App, Error, Result,
    domain::{
        AccessRequest, AccessRequestId, AccessState, Account, AccountId, AccountName, Activity,
        Actor, Decider, Deed, Letter, Mail, Professional, Waited,
        access_request::{Deciders, Step},
        authority::Capacity,
    },
    store::{Admission, Found, Lookup},
};

/// Times a request is read again when it, or the account, changed meanwhile.
const ATTEMPTS: u32 = 6;
/// DynamoDB reads 100 items at once; of more administrators than this the first are looked at.
const MOST_ADMINISTRATORS: usize = 40;

/// A request, and everybody who may be asked about it.
struct Context {
    request: AccessRequest,
    account: Account,
    deciders: Deciders,
}

impl App {
    /// Takes the request for access `id` in `account` one step on if it is time: has it laid into the account it is for, the next asked, or
    /// has it expire. Returns whether there was anything to do.
    ///
    /// Done once whoever does it and however often, for every step changes the request.
    pub async fn route_access_request(
        &self,
        account: AccountId,
        id: AccessRequestId,
    ) -> Result<bool> {
        for attempt in 0..ATTEMPTS {
            match self.route_access_request_once(account, id).await {
                Err(Error::Stale) => tokio::time::sleep(Duration::from_millis(5 << attempt)).await,
                routed => return routed,
            }
        }
        Err(Error::Unavailable("a request for access kept changing".into()))
    }

    async fn route_access_request_once(
        &self,
        account: AccountId,
        id: AccessRequestId,
    ) -> Result<bool> {
        let found = self.store.look_up(Lookup::default().access_request(account, id)).await?;
        let Some(before) = found.access_request(account, id).filter(|it| it.is_open()) else {
            return Ok(false);
        };
        let mut request = before.clone();
        // Only what has just come in is laid into an account by what was typed: staff have looked at the rest.
        if request.stage.is_none()
            && request.account == AccountId::VENDOR
            && request.version == 1
            && let Some(account) = self.account_meant(&request.organisation).await?
        {
            request.move_to(account, self.today());
        }
        let Some(Context { mut request, account, deciders }) = self.context(request).await? else {
            return Ok(false);
        };
        let today = account.today(self.now());
        let asked_before = request.stage;
        let (deed, mails) = match request.next(deciders, today) {
            Step::Wait => return Ok(false),
            Step::Expire => {
                request.end(AccessState::Expired, None, None, self.now());
                (Deed::AccessRequestExpired, Vec::new())
            }
            Step::Ask(stage) => {
                request.ask(stage, today, self.policy.escalation_days);
                let deed = if asked_before.is_some() {
                    Deed::AccessRequestEscalated
                } else {
                    Deed::AccessRequested
                };
                (
                    deed,
                    self.letters(
                        &request,
                        &account,
                        asked_before.filter(|it| deciders.can(*it)),
                        stage,
                    )?,
                )
            }
        };
        let activity = self.access_activity(&request, deed)?;
        self.store
            .change_access_request(before, &request, Admission::None, &mails, &[activity])
            .await?;
        Ok(true)
    }

    /// Finds the one account that was meant by what was typed: by its name, or by the number under which the vendor knows it.
    async fn account_meant(&self, organisation: &AccountName) -> Result<Option<AccountId>> {
        let numbered = self
            .store
            .look_up(Lookup::default().external(AccountId::VENDOR, organisation.as_str()));
        let (named, numbered) =
            tokio::try_join!(self.store.accounts_named(organisation), numbered)?;
        let folded = organisation.folded();
        let named = self
            .store
            .accounts(&named)
            .await?
            .into_iter()
            .filter(|it| it.name.folded() == folded)
            .map(|it| it.id);
        let mut meant: Vec<_> =
            named.chain(numbered.externals.into_iter().map(|(_, account)| account)).collect();
        meant.sort_unstable();
        meant.dedup();
        Ok(if let [one] = meant[..] { Some(one) } else { None })
    }

    /// Reads what decides whom to ask.
    async fn context(&self, request: AccessRequest) -> Result<Option<Context>> {
        let found = self.store.look_up(Lookup::default().account(request.account)).await?;
        let Some(account) = found.account(request.account).cloned() else { return Ok(None) };
        let deciders = self.deciders(&account).await?;
        Ok(Some(Context { request, account, deciders }))
    }

    async fn deciders(&self, account: &Account) -> Result<Deciders> {
        // All of the vendor's people are staff, who are asked in any case.
        if account.id == AccountId::VENDOR {
            return Ok(Deciders::default());
        }
        let partner = match account.partner.as_ref().map(|it| it.account) {
            Some(partner) => self.store.accounts(&[partner]).await?.pop(),
            None => None,
        };
        let found = self
            .store
            .look_up(
                partner
                    .iter()
                    .fold(administrators_of(Lookup::default(), account), administrators_of),
            )
            .await?;
        let (own, theirs) = (
            administrators(&found, account),
            partner.as_ref().map(|it| (it, administrators(&found, it))),
        );
        let theirs = theirs.as_ref().map(|(partner, people)| (*partner, people.as_slice()));
        Ok(Deciders::of(account, &own, theirs, self.now(), self.policy.grace_days))
    }

    /// Makes the mails to those who are asked, and to those who let their time pass but can still decide.
    fn letters(
        &self,
        request: &AccessRequest,
        account: &Account,
        late: Option<Decider>,
        stage: Decider,
    ) -> Result<Vec<Mail>> {
        let waited = if request.stage.is_some_and(|it| it > Decider::Administrators)
            && account.id != AccountId::VENDOR
        {
            Waited::Others
        } else {
            Waited::Not
        };
        let mut mails = vec![self.access_requested(request, account, stage, waited)?];
        if let Some(late) = late {
            mails.push(self.access_requested(request, account, late, Waited::Themselves)?);
        }
        Ok(mails)
    }

    fn access_requested(
        &self,
        request: &AccessRequest,
        account: &Account,
        stage: Decider,
        waited: Waited,
    ) -> Result<Mail> {
        let letter = Letter::AccessRequested {
            request: request.id,
            account_name: (account.id != AccountId::VENDOR).then(|| account.name.to_string()),
            name: request.name.clone(),
            email: request.email.clone(),
            stage,
            waited,
        };
        Ok(Mail { account: Some(account.id), ..self.mail(letter, None, None)? })
    }

    /// Makes the activity item of what comes of a request by itself: of who asks, or of the schedule.
    fn access_activity(&self, request: &AccessRequest, deed: Deed) -> Result<Activity> {
        let actor = if deed == Deed::AccessRequested {
            Actor {
                identity: Some(request.identity.key.clone()),
                ..Actor::system(request.name.as_str(), Capacity::Oneself)
            }
        } else {
            Actor::system("The hourly schedule", Capacity::Schedule)
        };
        Ok(Activity { facts: request.facts(), ..self.activity(request.account, actor, deed)? })
    }
}

fn administrators_of(lookup: Lookup, account: &Account) -> Lookup {
    let people = account.roles.administrators.iter().take(MOST_ADMINISTRATORS);
    people.fold(lookup, |lookup, it| lookup.professional(account.id, *it))
}

fn administrators<'a>(found: &'a Found, account: &Account) -> Vec<&'a Professional> {
    found.professionals.iter().filter(|it| it.account == account.id).collect()
}
