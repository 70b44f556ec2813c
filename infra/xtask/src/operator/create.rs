//! Events that create accounts and professionals.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::settings::VENDOR_ACCOUNT_ID;

#[derive(Clone, Copy, ValueEnum)]
enum AccountKind {
    Customer,
    Partner,
}

#[derive(Args)]
pub(crate) struct NewAccount {
    /// The organisation's name
    name: String,
    #[arg(long, default_value = "customer")]
    kind: AccountKind,
    /// Your own reference for the account; must be unique
    #[arg(long)]
    external_id: Option<String>,
    /// Id of the partner account that looks after this one
    #[arg(long)]
    partner: Option<String>,
    /// Name of the service plan
    #[arg(long, requires = "starts_on", requires = "ends_on")]
    plan: Option<String>,
    /// First day of the plan, YYYY-MM-DD
    #[arg(long, requires = "plan")]
    starts_on: Option<String>,
    /// Last day of the plan, YYYY-MM-DD
    #[arg(long, requires = "plan")]
    ends_on: Option<String>,
    /// Name of the first professional, who becomes administrator and holds both contact roles
    #[arg(long, requires = "first_email")]
    first_name: Option<String>,
    /// E-mail address of the first professional, who is invited
    #[arg(long, requires = "first_name")]
    first_email: Option<String>,
}

#[derive(Args)]
pub(crate) struct NewProfessional {
    /// The account's id, or "vendor"
    account: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    title: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    /// Language of mails to the professional, such as de
    #[arg(long)]
    language: Option<String>,
    /// The professional's last day of access, YYYY-MM-DD
    #[arg(long)]
    ends_on: Option<String>,
    /// Makes the professional an administrator
    #[arg(long)]
    administrator: bool,
    /// Does not mail the invitation; it can be sent later
    #[arg(long)]
    without_invitation: bool,
}

/// Returns the event for create-account that creates the vendor's own account.
pub(super) fn vendor_event(name: &str) -> Value {
    json!({ "body": { "name": name, "kind": "vendor" } })
}

impl NewAccount {
    /// Returns the event for create-account.
    pub(super) fn event(&self) -> Value {
        let kind = match self.kind {
            AccountKind::Customer => "customer",
            AccountKind::Partner => "partner",
        };
        let plan = self.plan.as_ref().map(
            |name| json!({ "name": name, "starts_on": self.starts_on, "ends_on": self.ends_on }),
        );
        let first_professional =
            self.first_name.as_ref().map(|name| json!({ "name": name, "email": self.first_email }));
        let body = without_nulls([
            ("name", json!(self.name)),
            ("kind", json!(kind)),
            ("external_id", json!(self.external_id)),
            ("partner", json!(self.partner)),
            ("plan", json!(plan)),
            ("first_professional", json!(first_professional)),
        ]);
        json!({ "body": body })
    }
}

impl NewProfessional {
    /// Returns the event for invite.
    pub(super) fn event(&self) -> Value {
        let account = if self.account == "vendor" { VENDOR_ACCOUNT_ID } else { &self.account };
        let body = without_nulls([
            ("name", json!(self.name)),
            ("email", json!(self.email)),
            ("title", json!(self.title)),
            ("phone", json!(self.phone)),
            ("language", json!(self.language)),
            ("ends_on", json!(self.ends_on)),
            ("administrator", json!(self.administrator)),
            ("send_invitation", json!(!self.without_invitation)),
        ]);
        json!({ "path": { "account": account }, "body": body })
    }
}

fn without_nulls<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct AccountArguments {
        #[command(flatten)]
        account: NewAccount,
    }

    #[derive(Parser)]
    struct ProfessionalArguments {
        #[command(flatten)]
        professional: NewProfessional,
    }

    fn account_event(arguments: &str) -> Result<Value, clap::Error> {
        let arguments = AccountArguments::try_parse_from(arguments.split(' '))?;
        Ok(arguments.account.event())
    }

    #[test]
    fn an_account_event_has_only_the_given_fields() {
        assert_eq!(
            account_event("x Contoso").expect("valid"),
            json!({ "body": { "name": "Contoso", "kind": "customer" } })
        );
        let with_plan = "x Contoso --plan Support --starts-on 2026-01-01 --ends-on 2026-12-31";
        assert_eq!(
            account_event(with_plan).expect("valid")["body"]["plan"],
            json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-12-31" })
        );
        let with_person = "x Contoso --first-name Ann --first-email ann@acme.com";
        assert_eq!(
            account_event(with_person).expect("valid")["body"]["first_professional"],
            json!({ "name": "Ann", "email": "ann@acme.com" })
        );
    }

    #[test]
    fn options_that_belong_together_are_required_together() {
        assert!(account_event("x Contoso --plan Support").is_err());
        assert!(account_event("x Contoso --first-name Ann").is_err());
    }

    #[test]
    fn vendor_stands_for_the_vendors_account() {
        let arguments = "x vendor --name Ann --email ann@acme.com --language de";
        let arguments = ProfessionalArguments::try_parse_from(arguments.split(' ')).expect("valid");
        let body = json!({
            "name": "Ann",
            "email": "ann@acme.com",
            "language": "de",
            "administrator": false,
            "send_invitation": true,
        });
        assert_eq!(
            arguments.professional.event(),
            json!({ "path": { "account": "0".repeat(26) }, "body": body })
        );
    }
}
