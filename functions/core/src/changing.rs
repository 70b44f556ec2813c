//! Changing an account: what one change entails is done here for every function that can.

use crate::{
    App, Error, Result,
    domain::{Account, AccountChanges, AccountId, Deed},
    http::Entry,
    store::{Order, PageRequest},
};

/// How often a customer is read anew that somebody else is changing at the same time.
const ATTEMPTS: u32 = 5;

impl App {
    /// Changes `before`, which whoever entered may do, and returns the account as it is from now on, with nothing written if nothing changes.
    ///
    /// `facts` are what the activity item says beside what was changed. A partner's customers are given its new card before this
    /// returns; if that is cut short, the same change again takes it up, although it changes nothing else.
    pub async fn change_account(&self, entry: &Entry, before: &Account, changes: AccountChanges, facts: &[(&str, &str)]) -> Result<Account> {
        let mut after = before.with(changes, self.now(), self.policy.grace_days);
        let changed = after.changed_since(before);
        if !changed.is_empty() {
            let mut activity = entry.activity(self, before.id, Deed::AccountUpdated, None)?;
            activity.facts = facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            activity.facts.insert("changed".to_owned(), changed.join(", "));
            self.store.change_details(before, &after, &[], &activity).await?;
            after.version = before.version + 1;
        }
        if after.card_changed { self.hand_out_card(after).await } else { Ok(after) }
    }

    /// Gives every customer of `partner` its card as it reads now, and takes the mark off when all have it.
    async fn hand_out_card(&self, partner: Account) -> Result<Account> {
        let mut page = PageRequest { limit: 100, after: None, search: String::new(), order: Order::default() };
        loop {
            let found = self.store.managed_by(partner.id, &page).await?;
            for customer in self.store.accounts(&found.items).await? {
                self.give_card(&partner, customer).await?;
            }
            let Some(next) = found.next else { break };
            page.after = crate::store::Cursor::parse(&next);
        }
        let after = Account { card_changed: false, ..partner.clone() };
        self.store.reschedule(&partner, &after).await?;
        Ok(Account { version: partner.version + 1, ..after })
    }

    /// A customer that has another partner by now keeps that one's card.
    async fn give_card(&self, partner: &Account, customer: Account) -> Result<()> {
        let (id, mut found): (AccountId, _) = (customer.id, Some(customer));
        for _ in 0..ATTEMPTS {
            let Some(before) = found else { return Ok(()) };
            let card = Some(partner.card());
            if before.partner_id() != Some(partner.id) || before.partner == card {
                return Ok(());
            }
            match self.store.reschedule(&before, &Account { partner: card, ..before.clone() }).await {
                Err(Error::Stale) => found = self.store.accounts(&[id]).await?.pop(),
                done => return done,
            }
        }
        Err(Error::Unavailable("a customer of the partner kept changing".into()))
    }
}
