//! Runs tests/api against the deployment, except for tests that reach into the functions' process.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tests::{DEPLOYED, Deployment};

use crate::{
    Done,
    emulator::{Emulator, root},
    policies, say,
};

/// Tests, and files of tests (`name::`), that cannot run against a deployment, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "appoint_administrator::with_second_approval_nothing_changes_until_somebody_else_of_the_\
         staff_approves",
        SETTING,
    ),
    (
        "appoint_administrator::an_operator_needs_no_second_approval_and_what_waits_is_overtaken",
        SETTING,
    ),
    (
        "appoint_administrator::other_changes::a_corrected_address_needs_the_second_approval_too",
        SETTING,
    ),
    (
        "ask_for_access::it_costs_the_portal_the_same_calls_whether_or_not_there_is_such_an_\
         organisation",
        "it counts calls inside the function",
    ),
    (
        "finish_sign_in::microsoft::",
        "they take other identity providers, and this is one deployment",
    ),
    (
        "back_channel_logout::it_signs_out_no_session_of_another_provider",
        "it takes another identity provider, and this is one deployment",
    ),
    (
        "back_channel_logout::a_provider_whose_keys_cannot_be_fetched_is_told_to_try_again",
        "the functions know the provider's keys already",
    ),
    ("forward_sign_in::apple::", "they take another identity provider, and this is one deployment"),
    ("finish_sign_in::the_vendor_may_shorten_how_long_people_stay_signed_in", SETTING),
    (
        "bad_input::cookies::of_two_different_sessions_neither_is_believed",
        "the emulator's CloudFront forwards only one of two cookies of a name",
    ),
    (
        "bad_input::cookies::the_functions_read_cookies_bytewise_whoever_forwards_them",
        "it goes around CloudFront, which the functions refuse",
    ),
    ("sign_in::", "deployed functions remember for an hour what the provider said in another test"),
    ("flag_lapsed_plans::days_of_grace_put_the_lapse_off", SETTING),
    ("flag_lapsed_plans::days_of_grace_that_are_changed_count_at_once", SETTING),
    ("authorization::every_cell_of_a_customers_table_is_as_it_says", SETTING),
    ("authorization::every_cell_of_a_partners_table_is_as_it_says", SETTING),
    (
        "authorization::every_cell_of_the_staffs_table_is_as_it_says_on_customers_and_partners",
        SETTING,
    ),
    (
        "authorization::every_cell_of_the_vendors_table_is_as_it_says_whatever_plan_is_stored",
        SETTING,
    ),
    (
        "authorization::every_cell_of_the_table_of_customers_that_a_partner_created_is_as_it_says",
        SETTING,
    ),
    ("decide_account::at_once::", SETTING),
    (
        "deliver_mail::digests::when_many_link_each_administrator_gets_a_few_mails_and_one_that_\
         names_the_others",
        LARGE,
    ),
    ("deliver_mail::held::an_accounts_bounces_hold_its_own_mail_and_no_other_accounts", LARGE),
    ("deliver_mail::held::nothing_is_held_where_the_breaker_is_off", SETTING),
    ("limits::", SETTING),
    (
        "remind_administrators::nobody_is_asked_in_a_lapsed_account_nor_where_the_vendor_asks_\
         nobody",
        SETTING,
    ),
    ("staff_permissions::an_approval_is_asked_of_those_who_may_give_it", SETTING),
    ("metrics::", "they read what the function's process has counted"),
    (
        "record_delivery::a_bounce_before_the_sending_is_noted_tells_of_both",
        "it breaks calls inside the function",
    ),
    (
        "record_delivery::a_report_may_come_before_the_sending_is_noted",
        "it breaks calls inside the function",
    ),
    (
        "request_links::known_and_unknown_addresses_cost_the_portal_the_same_calls",
        "it counts calls inside the function",
    ),
    (
        "request_links::known_and_unknown_links_and_profiles_cost_the_portal_the_same_work",
        "it counts calls inside the function",
    ),
    (
        "import_accounts::stopped_at_any_call_it_is_finished_by_the_same_request",
        "it breaks calls inside the function",
    ),
    (
        "resend_invitations::asking_again_after_a_lost_answer_sends_nothing_twice",
        "it breaks calls inside the function",
    ),
    (
        "route_access_requests::a_run_that_is_cut_off_anywhere_is_made_up_for_without_asking_twice",
        "it breaks calls inside the function",
    ),
];

const SETTING: &str = "it takes another setting, and this is one deployment";

const LARGE: &str = "it sends hundreds of mails, and smaller tests of its file take the same way";

/// Runs all tests.
pub(crate) async fn run(emulator: &Emulator, deployment: &Deployment) -> Done {
    let suite = Suite::build(emulator.file())?;
    for (name, reason) in LEFT_OUT {
        let count = suite.tests.iter().filter(|test| is_named(test, name)).count();
        say(&format!("   left out: {name} ({count}): {reason}"));
    }
    deployment.denied().await;
    let left_out = suite
        .tests
        .iter()
        .filter(|test| is_left_out(test))
        .flat_map(|test| ["--skip", test.as_str()]);
    let status = suite.command().args(["--test-threads", "1", "--quiet"]).args(left_out).status();
    if !status.map_err(|error| error.to_string())?.success() {
        return Err(format!(
            "tests/api failed; the end of the emulator's log:\n{}",
            emulator.log()
        ));
    }
    let denied = deployment.denied().await;
    if denied.is_empty() {
        Ok(())
    } else {
        Err(format!("the functions' roles do not allow {denied:?}"))
    }
}

/// Builds the suite and checks that it has the tests that the deployment's tests name: in seconds,
/// before anything is deployed.
pub(crate) fn check_names() -> Done {
    let suite = Suite::build(PathBuf::new())?;
    let left_out = LEFT_OUT.iter().map(|(name, _)| *name);
    let named = left_out.chain(policies::ELSEWHERE.iter().map(|(_, test)| *test));
    let missing: Vec<_> =
        named.filter(|name| !suite.tests.iter().any(|test| is_named(test, name))).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("tests/deploy names tests that tests/api does not have: {missing:?}"))
    }
}

fn is_left_out(test: &str) -> bool {
    LEFT_OUT.iter().any(|(name, _)| is_named(test, name))
}

/// Checks whether a name of [`LEFT_OUT`] is the test's or its file's.
fn is_named(test: &str, name: &str) -> bool {
    test == name || (name.ends_with("::") && test.starts_with(name))
}

/// The built suite.
pub(crate) struct Suite {
    program: PathBuf,
    deployment: PathBuf,
    /// The names of all tests.
    pub(crate) tests: Vec<String>,
}

impl Suite {
    pub(crate) fn build(deployment: PathBuf) -> Result<Self, String> {
        let mut cargo = Command::new("cargo");
        // Variables of the outer cargo would make the inner one rebuild half of the crates. Those
        // that people set stay.
        let outer = |name: &str| {
            name.starts_with("CARGO_")
                && !["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_INCREMENTAL"].contains(&name)
        };
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(outer)) {
            cargo.env_remove(name);
        }
        let built = cargo
            .args([
                "test",
                "--quiet",
                "--package",
                "tests",
                "--test",
                "api",
                "--no-run",
                "--message-format",
                "json",
            ])
            .current_dir(root())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("cannot start cargo: {error}"))?;
        let messages = String::from_utf8_lossy(&built.stdout).into_owned();
        let parsed = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let program = parsed
            .filter(|message| message["target"]["name"] == "api")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from));
        let program = program.ok_or("tests/api does not build")?;
        let mut suite = Self { program, deployment, tests: vec![] };
        let listed = suite
            .command()
            .args(["--list", "--format", "terse"])
            .output()
            .map_err(|error| error.to_string())?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        suite.tests = listed
            .lines()
            .filter_map(|line| line.strip_suffix(": test"))
            .map(str::to_owned)
            .collect();
        Ok(suite)
    }

    /// Runs one test and returns whether it passes.
    pub(crate) fn passes(&self, test: &str) -> Result<bool, String> {
        let status = self
            .command()
            .args(["--quiet", test])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.map(|status| status.success()).map_err(|error| error.to_string())
    }

    /// Returns the tests of a function, in the file of its name, that can run against a deployment.
    pub(crate) fn of_function<'a>(&'a self, function: &str) -> impl Iterator<Item = &'a str> {
        let module = format!("{}::", function.replace('-', "_"));
        self.tests
            .iter()
            .map(String::as_str)
            .filter(move |test| test.starts_with(&module) && !is_left_out(test))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--exact")
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
            .env(DEPLOYED, &self.deployment)
            .env("INSTA_UPDATE", "no");
        command
    }
}
