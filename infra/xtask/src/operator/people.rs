//! Accounts and professionals, as operators make them.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::stack::VENDOR_ACCOUNT;

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Customer,
    Partner,
}

#[derive(Args)]
pub(crate) struct NewAccount {
    /// The organisation's name
    name: String,
    #[arg(long, default_value = "customer")]
    kind: Kind,
    /// What it is called in your own books; given twice, the second account is refused
    #[arg(long)]
    external_id: Option<String>,
    /// The id of the partner account that looks after it
    #[arg(long)]
    partner: Option<String>,
    /// The service plan's name
    #[arg(long, requires = "starts_on", requires = "ends_on")]
    plan: Option<String>,
    /// The plan's first day, YYYY-MM-DD
    #[arg(long, requires = "plan")]
    starts_on: Option<String>,
    /// The plan's last day, YYYY-MM-DD
    #[arg(long, requires = "plan")]
    ends_on: Option<String>,
    /// The name of the first professional, who becomes administrator and holds both contact roles
    #[arg(long, requires = "first_email")]
    first_name: Option<String>,
    /// Where the first professional's invitation goes
    #[arg(long, requires = "first_name")]
    first_email: Option<String>,
}

#[derive(Args)]
pub(crate) struct NewProfessional {
    /// The account's id, or vendor
    account: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    title: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    /// The language of mails to them, such as de
    #[arg(long)]
    language: Option<String>,
    /// Their last day with access, YYYY-MM-DD
    #[arg(long)]
    ends_on: Option<String>,
    /// Lets them manage the account's people
    #[arg(long)]
    administrator: bool,
    /// Sends no mail; it can be sent later
    #[arg(long)]
    without_invitation: bool,
}

/// Returns what create-account is sent for the vendor itself.
pub(super) fn vendor(name: &str) -> Value {
    json!({ "body": { "name": name, "kind": "vendor" } })
}

impl NewAccount {
    /// Returns what create-account is sent.
    pub(super) fn event(&self) -> Value {
        let kind = match self.kind {
            Kind::Customer => "customer",
            Kind::Partner => "partner",
        };
        let mut body = Map::from_iter([
            ("name".to_owned(), json!(self.name)),
            ("kind".to_owned(), json!(kind)),
        ]);
        add(&mut body, "external_id", self.external_id.as_deref());
        add(&mut body, "partner", self.partner.as_deref());
        if let Some(plan) = &self.plan {
            body.insert(
                "plan".to_owned(),
                json!({ "name": plan, "starts_on": self.starts_on, "ends_on": self.ends_on }),
            );
        }
        if let Some(name) = &self.first_name {
            body.insert(
                "first_professional".to_owned(),
                json!({ "name": name, "email": self.first_email }),
            );
        }
        json!({ "body": body })
    }
}

impl NewProfessional {
    /// Returns what invite is sent.
    pub(super) fn event(&self) -> Value {
        let account = if self.account == "vendor" { VENDOR_ACCOUNT } else { &self.account };
        let mut body = Map::from_iter([
            ("name".to_owned(), json!(self.name)),
            ("email".to_owned(), json!(self.email)),
        ]);
        add(&mut body, "title", self.title.as_deref());
        add(&mut body, "phone", self.phone.as_deref());
        add(&mut body, "language", self.language.as_deref());
        add(&mut body, "ends_on", self.ends_on.as_deref());
        body.insert("administrator".to_owned(), self.administrator.into());
        body.insert("send_invitation".to_owned(), (!self.without_invitation).into());
        json!({ "path": { "account": account }, "body": body })
    }
}

fn add(body: &mut Map<String, Value>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        body.insert(name.to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Account {
        #[command(flatten)]
        account: NewAccount,
    }

    #[derive(Parser)]
    struct Professional {
        #[command(flatten)]
        professional: NewProfessional,
    }

    #[test]
    fn an_account_is_sent_with_what_is_known_of_it() {
        let event = |arguments: &[&str]| {
            Account::try_parse_from([&["x"], arguments].concat()).map(|it| it.account.event())
        };
        assert_eq!(
            event(&["Contoso"]).expect("sound"),
            json!({ "body": { "name": "Contoso", "kind": "customer" } })
        );
        let plan = [
            "Contoso",
            "--plan",
            "Support",
            "--starts-on",
            "2026-01-01",
            "--ends-on",
            "2026-12-31",
        ];
        let plan = event(&plan).expect("sound");
        assert_eq!(
            plan["body"]["plan"],
            json!({ "name": "Support", "starts_on": "2026-01-01", "ends_on": "2026-12-31" })
        );
        assert!(event(&["Contoso", "--plan", "Support"]).is_err());
        assert!(event(&["Contoso", "--first-name", "Ann"]).is_err());
    }

    #[test]
    fn vendor_stands_for_the_vendors_account() {
        let arguments =
            ["x", "vendor", "--name", "Ann", "--email", "ann@acme.com", "--language", "de"];
        let event = Professional::try_parse_from(arguments).expect("sound").professional.event();
        let body = json!({ "name": "Ann", "email": "ann@acme.com", "language": "de", "administrator": false, "send_invitation": true });
        assert_eq!(event, json!({ "path": { "account": "0".repeat(26) }, "body": body }));
    }
}
