//! Appointing an administrator from outside: the same at once and after a second person's approval (requirement 24).

use crate::{
    App, Result,
    domain::{Account, Appointment, Deed, Letter, Mail, Wish, authority::Capacity},
    http::Entry,
};

impl App {
    /// Fulfils `wish`, which `by` asked for, and has every linked professional told, in one transaction; returns the account afterwards.
    ///
    /// `appointment` is what a second person has just approved. Fails with [`crate::Error::Ineligible`] when whoever is appointed is not on
    /// the list any more or has an end date.
    pub async fn appoint(
        &self,
        entry: &Entry,
        wish: &Wish,
        by: &str,
        appointment: Option<&Appointment>,
    ) -> Result<Account> {
        let before = &entry.account;
        let mut after = before.clone();
        after.roles = wish.fulfil(&before.roles);
        // An appointment that waits is overtaken by one that is made.
        after.appointment =
            appointment.map(|it| Appointment { approved: Some(true), ..it.clone() });

        let mut activity = entry.activity(self, before.id, Deed::AdministratorAppointed, None)?;
        activity.target = Some(wish.target());
        activity.facts = wish.facts();
        if appointment.is_some() {
            activity.facts.insert("asked_by".to_owned(), by.to_owned());
        }
        let asker = appointment.map_or(entry.capacity, |it| it.by.capacity);
        let partner = before
            .partner
            .as_ref()
            .filter(|_| asker == Capacity::Partner)
            .map(|it| it.name.clone());
        let letter = Letter::AdministratorChanged {
            account_name: before.name.to_string(),
            professional_name: wish.name.clone(),
            in_place_of: wish.leaving(),
            leaving: wish.in_place_of.keys().copied().collect(),
            by: by.to_owned(),
            partner,
            reason: wish.reason.clone(),
            after: None,
        };
        let mail = Mail { account: Some(before.id), ..self.mail(letter, None, None)? };
        self.store.change_account(before, &after, &[wish.professional], &[mail], &activity).await?;
        after.version += 1;
        Ok(after)
    }
}
