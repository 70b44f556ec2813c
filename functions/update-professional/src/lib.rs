//! Changes what is on record about a professional, and has the changed person invited if asked (requirement 10).

use jiff::civil::Date;
use portico::{
    App, Result,
    domain::{
        Deed, Details, EmailAddress, Faults, JobTitle, LanguageTag, Letter, Mail, PersonName,
        PhoneNumber, Professional, Recipient,
        authority::{Act, Capacity},
    },
    http::{Entry, Request, Response, end_date, ok, present, views::ProfessionalView},
};
use serde::Deserialize;

/// Where API Gateway finds this function.
pub const ROUTE: &str = "PATCH /api/accounts/{account}/professionals/{professional}";

/// What is absent stays as it is; `null` clears title, telephone and end date.
#[expect(clippy::option_option, reason = "a PATCH tells null from absence")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: Option<String>,
    email: Option<String>,
    #[serde(default, deserialize_with = "present")]
    title: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    phone: Option<Option<String>>,
    language: Option<String>,
    #[serde(default, deserialize_with = "present")]
    ends_on: Option<Option<String>>,
    #[serde(default)]
    send_invitation: bool,
}

/// Saves, then invites: the mail goes to the new address. A changed address voids an invitation that went to the old one.
pub async fn handle(app: App, request: Request) -> Result<Response> {
    let id = request.professional()?;
    let entry = request.enter(&app, request.account()?, Act::UpdateProfessional(id)).await?;
    let input: Input = request.json()?;
    if input.ends_on.is_some() {
        entry.allow(Act::SetEndDate(id))?;
    }
    let before = entry.professional()?;
    let mut after = before.clone();
    after.details = input.apply(&before.details, entry.today)?;
    entry.keep_address(before, &after)?;

    if before.details.ends_on != after.details.ends_on {
        after.announce_end(entry.now);
    }
    let ends = after.details.ends_on.is_some() && before.details.ends_on != after.details.ends_on;
    let roles = entry.account.roles.of(id);
    if ends && !roles.is_empty() {
        return Err(entry.role_required(&app, id, roles).await);
    }
    if before.details.email != after.details.email
        && let Some(invitation) = &mut after.invitation
    {
        invitation.revoke();
    }
    let mut mails = Vec::new();
    if input.send_invitation {
        mails.push(app.send_invitation(&entry, &mut after)?);
    }
    if after == *before {
        return ok(&ProfessionalView::new(&entry, &entry.account.roles, before));
    }
    mails.extend(farewell(&app, &entry, before, &after)?);
    let mut activity =
        entry.activity(&app, before.account, Deed::ProfessionalUpdated, Some(&after))?;
    activity.facts.insert("changed".to_owned(), changed(&before.details, &after.details));
    activity
        .facts
        .insert("invited".to_owned(), if input.send_invitation { "yes" } else { "no" }.to_owned());
    let account = ends.then_some(&entry.account);
    let limits = entry.invitation_limits(&app, &mails);
    match app
        .store
        .limited_by(limits)
        .change_professional(before, &after, account, &mails, Some(&activity))
        .await
    {
        Err(error) => Err(app.store.name_duplicate(before.account, error).await),
        Ok(()) => ok(&ProfessionalView::new(&entry, &entry.account.roles, &after)),
    }
}

/// Tells the address that is no longer on record, if somebody has come by it: whoever reads the new one can take the profile over.
fn farewell(
    app: &App,
    entry: &Entry,
    before: &Professional,
    after: &Professional,
) -> Result<Option<Mail>> {
    if before.details.email == after.details.email || before.linked.is_none() {
        return Ok(None);
    }
    let by = (entry.capacity != Capacity::Oneself).then(|| entry.name());
    let letter = Letter::AddressChanged {
        account_name: entry.account.name.to_string(),
        by,
        changed_at: app.now(),
    };
    app.mail(letter, Some(before), Some(Recipient { professional: None, ..Recipient::of(before) }))
        .map(Some)
}

impl Input {
    fn apply(&self, before: &Details, today: Date) -> Result<Details> {
        let mut faults = Faults::default();
        let mut after = before.clone();
        if let Some(name) = faults.take_optional("name", self.name.as_deref(), PersonName::parse) {
            after.name = name;
        }
        if let Some(email) =
            faults.take_optional("email", self.email.as_deref(), EmailAddress::parse)
        {
            after.email = email;
        }
        if let Some(language) =
            faults.take_optional("language", self.language.as_deref(), LanguageTag::parse)
        {
            after.language = language;
        }
        if let Some(title) = &self.title {
            after.title = faults.take_optional("title", title.as_deref(), JobTitle::parse);
        }
        if let Some(phone) = &self.phone {
            after.phone = faults.take_optional("phone", phone.as_deref(), PhoneNumber::parse);
        }
        if let Some(ends_on) = &self.ends_on {
            // A last day that has passed may be sent back unchanged with the rest of the form.
            let unchanged = before
                .ends_on
                .is_some_and(|it| ends_on.as_deref() == Some(it.to_string().as_str()));
            if !unchanged {
                after.ends_on =
                    faults.take_optional("ends_on", ends_on.as_deref(), |it| end_date(it, today));
            }
        }
        faults.none()?;
        Ok(after)
    }
}

/// Names the fields that differ, for the activity list.
fn changed(before: &Details, after: &Details) -> String {
    let fields = [
        ("name", before.name != after.name),
        ("email", before.email != after.email),
        ("title", before.title != after.title),
        ("phone", before.phone != after.phone),
        ("language", before.language != after.language),
        ("ends_on", before.ends_on != after.ends_on),
    ];
    let fields: Vec<_> =
        fields.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect();
    if fields.is_empty() { "nothing".to_owned() } else { fields.join(", ") }
}
