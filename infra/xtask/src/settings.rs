//! What a deployment is set to: the operator's samconfig.toml and the vendor's site/config.toml, made into the template's parameters.

mod faults;
mod samconfig;
mod vendor;

use std::collections::BTreeMap;

pub(crate) use samconfig::Samconfig;
pub(crate) use vendor::Vendor;

use crate::template::Parameter;

/// What the site's address is set to until CloudFront has given it one.
pub(crate) const NO_ADDRESS: &str = "https://not-yet.invalid";

/// What `cargo xtask deploy` draws, finds out or takes from site/config.toml.
const NOT_THE_OPERATORS: [&str; 6] =
    ["SiteUrl", "OriginKey", "OriginKeyHash", "Vendor", "AccessMailbox", "MailFrom"];

/// The parameters of a deployment, without those that it finds out by itself: `SiteUrl`, `OriginKey` and `OriginKeyHash`.
#[derive(Debug, Default)]
pub(crate) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Makes the parameters of the two files, and names everything that is wrong with them.
    ///
    /// Every parameter gets a value, its default if nothing else: CloudFormation would keep what a setting that was taken out of the
    /// file had before.
    pub(crate) fn merge(
        samconfig: &Samconfig,
        vendor: &Vendor,
        template: &BTreeMap<String, Parameter>,
    ) -> (Self, Vec<String>) {
        let mut faults = samconfig.faults().to_vec();
        let mut values: BTreeMap<_, _> =
            template.iter().filter_map(|(name, it)| Some((name.clone(), it.default()?))).collect();
        for (name, value) in samconfig.parameters() {
            if NOT_THE_OPERATORS.contains(&name.as_str()) {
                faults.push(format!("samconfig.toml: {name} {}", where_instead(name)));
            } else if template.contains_key(name) {
                values.insert(name.clone(), value.clone());
            } else {
                faults.push(format!("samconfig.toml: there is no parameter {name}; they are those at the head of infra/template.yaml"));
            }
        }
        for (name, value) in [
            ("Vendor", &vendor.name),
            ("AccessMailbox", &vendor.access_mailbox),
            ("MailFrom", &vendor.mail_from),
        ] {
            values.insert(name.to_owned(), value.clone());
        }
        for (name, parameter) in template {
            if !values.contains_key(name) && !NOT_THE_OPERATORS.contains(&name.as_str()) {
                faults.push(format!(
                    "samconfig.toml: {name} is missing in parameter_overrides. {}",
                    parameter.description
                ));
            }
        }
        faults.extend(faults::of(&values, template));
        (Self(values), faults)
    }

    /// Returns a parameter's value, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// Returns the site's address, if it has a domain of its own.
    pub(crate) fn own_address(&self) -> Option<String> {
        self.get("Domain").map(|it| format!("https://{it}"))
    }

    /// Writes the parameters as the file that `sam deploy --parameter-overrides` reads, with `more` that are known only now.
    pub(crate) fn file(&self, more: &[(&str, &str)]) -> String {
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let all: BTreeMap<String, String> = self.0.clone().into_iter().chain(more).collect();
        // JSON is YAML, and every text in it is quoted.
        serde_json::Value::Object(
            all.into_iter().map(|(name, value)| (name, value.into())).collect(),
        )
        .to_string()
    }
}

fn where_instead(name: &str) -> &'static str {
    match name {
        "SiteUrl" => "is found out by the deployment; set Domain",
        "OriginKey" | "OriginKeyHash" => "is drawn by the deployment; take it out",
        _ => "belongs in site/config.toml, under [vendor]",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::template::tests::small;

    fn vendor() -> Vendor {
        Vendor {
            name: "Acme".into(),
            access_mailbox: "access@acme.com".into(),
            mail_from: "Acme portal <portal@acme.com>".into(),
        }
    }

    /// Merges `overrides` with a vendor that is sound.
    fn merge(overrides: &[&str]) -> (Settings, Vec<String>) {
        let text = format!(
            "[default.deploy.parameters]\nregion = 'eu-central-1'\nparameter_overrides = {overrides:?}"
        );
        Settings::merge(&Samconfig::parse(&text).expect("TOML"), &vendor(), &small())
    }

    fn faults(overrides: &[&str]) -> String {
        merge(overrides).1.join("\n")
    }

    #[test]
    fn the_two_files_make_the_parameters() {
        let (settings, faults) = merge(&["MailIdentity=acme.com", "GraceDays=14"]);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(
            (settings.get("GraceDays"), settings.get("MailFrom")),
            (Some("14"), Some("Acme portal <portal@acme.com>"))
        );
        assert_eq!((settings.get("Domain"), settings.own_address()), (None, None));
    }

    #[test]
    fn a_setting_that_is_taken_out_is_what_the_template_says_again() {
        assert_eq!(merge(&["MailIdentity=acme.com"]).0.get("GraceDays"), Some("0"));
    }

    #[test]
    fn the_file_for_sam_keeps_every_character() {
        let text = merge(&["MailIdentity=acme.com"])
            .0
            .file(&[("SiteUrl", "https://portal.acme.com"), ("OriginKey", "a\"b\\c")]);
        let read: BTreeMap<String, String> = yaml_serde::from_str(&text).expect("YAML");
        assert_eq!(
            (read["SiteUrl"].as_str(), read["OriginKey"].as_str()),
            ("https://portal.acme.com", "a\"b\\c")
        );
        assert_eq!(read["Domain"], "");
    }

    #[test]
    fn what_is_missing_is_named_with_what_it_is_for() {
        assert_eq!(
            faults(&[]),
            "samconfig.toml: MailIdentity is missing in parameter_overrides. The SES identity that MailFrom belongs to"
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let text = faults(&[
            "Grace=1",
            "Vendor=Acme",
            "OriginKey=1",
            "Architecture=sparc",
            "Certificate=arn:aws:acm:us-east-1:1:certificate/1",
        ]);
        for expected in [
            "no parameter Grace;",
            "Vendor belongs in site/config.toml",
            "OriginKey is drawn by the deployment",
            "MailIdentity is missing",
            "Architecture must be arm64 or x86_64, not sparc",
            "Certificate is of no use without Domain",
        ] {
            assert!(text.contains(expected), "{expected} in\n{text}");
        }
    }

    #[test]
    fn a_domain_needs_a_certificate_where_cloudfront_looks() {
        let with = |certificate: &str| {
            faults(&[
                "MailIdentity=acme.com",
                "Domain=portal.acme.com",
                &format!("Certificate={certificate}"),
            ])
        };
        assert!(with("").contains("Domain needs Certificate"));
        assert!(with("arn:aws:acm:eu-central-1:1:certificate/1").contains("us-east-1"));
        assert_eq!(with("arn:aws:acm:us-east-1:1:certificate/1"), "");
        let domain = |domain: &str| {
            faults(&[
                "MailIdentity=acme.com",
                &format!("Domain={domain}"),
                "Certificate=arn:aws:acm:us-east-1:1:certificate/1",
            ])
        };
        assert!(domain("https://portal.acme.com/").contains("Domain must be a name such as"));
    }

    #[test]
    fn the_sender_belongs_to_the_identity() {
        assert!(
            faults(&["MailIdentity=other.com"]).contains("portal@acme.com does not belong to it")
        );
        for identity in ["acme.com", "portal@acme.com", "Acme.com"] {
            assert_eq!(faults(&[&format!("MailIdentity={identity}")]), "", "{identity}");
        }
    }

    #[test]
    fn providers_are_a_list_without_secrets() {
        let with = |list: &str| faults(&["MailIdentity=acme.com", &format!("Providers={list}")]);
        assert_eq!(
            with(
                r#"[{"id":"okta","name":"Okta","issuer":"https://acme.okta.com","client_id":"1"}]"#
            ),
            ""
        );
        assert!(with("okta").contains("Providers must be a JSON list"));
        assert!(with(r#"[{"id":"okta"}]"#).contains("name, issuer, client_id"));
        assert!(with(r#"[{"id":"okta","name":"O","issuer":"https://o","client_id":"1","client_secret":"x"}]"#).contains("operator secret okta"));
    }
}
