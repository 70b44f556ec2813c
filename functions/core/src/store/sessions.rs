//! Sessions, completed sign-ins and sign-ins on record.

use aws_sdk_dynamodb::{
    error::SdkError,
    operation::{
        put_item::PutItemError,
        update_item::{UpdateItemError, UpdateItemOutput},
    },
    types::ReturnValuesOnConditionCheckFailure,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Item, Page, PageRequest, Store, classify_sdk_error, from_item, item, key, number, text,
    transaction::{Transaction, fails_with},
};
use crate::{
    Error, Result,
    domain::{
        Identity, IdentityKey, Link, ProviderLogout, Secret, SecretHash, Session, SignInEvent,
    },
};

/// Sessions of one identity that end in one transaction, and what is put on record about it.
#[derive(Clone, Debug)]
pub struct EndedSessions {
    /// The sessions, at most [`Store::MOST_SESSIONS`].
    pub sessions: Vec<Session>,
    /// The record, of the same identity.
    pub event: SignInEvent,
}

/// The claim of one request to complete a sign-in: its state is in the key.
#[derive(Clone, Debug)]
pub struct SignInClaim {
    state: SecretHash,
    expires_at: Timestamp,
    stored: StoredClaim,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredClaim {
    /// The request that claims it.
    by: SecretHash,
    /// The identity that has got a session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<IdentityKey>,
    /// The page that explains why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// The outcome of claiming a sign-in.
#[derive(Clone, Debug)]
pub enum ClaimOutcome {
    /// This request completes it.
    Claimed(SignInClaim),
    /// Another request is completing it.
    Taken,
    /// Another request has failed, and this page of the site says why.
    Failed(String),
    /// Another request has completed it and given this identity a session.
    Completed(IdentityKey),
}

/// An item whose key says everything.
#[derive(Serialize)]
struct Empty {}

impl Store {
    /// The most sessions of an identity that are read. A sign-in leaves at most [`Session::MOST`];
    /// several at once may leave a few more for a moment.
    pub const MOST_SESSIONS: i32 = 80;

    /// The most sessions of a provider's session that are read. It is of one browser, which signs
    /// out of the portal when it signs in again. With a record for each, they end in one
    /// transaction.
    pub const MOST_OF_PROVIDER_SESSION: i32 = 49;

    /// Claims the sign-in with `state`, so that it is completed only once. The claim is kept until
    /// `expires_at`, when the sign-in is over.
    pub async fn claim_sign_in(
        &self,
        state: &SecretHash,
        expires_at: Timestamp,
    ) -> Result<ClaimOutcome> {
        // Names the attempt, so that a retry after a lost answer finds its own claim.
        let stored = StoredClaim { by: Secret::generate()?.hash(), identity: None, page: None };
        let claim = SignInClaim { state: state.clone(), expires_at, stored };
        let outcome = self
            .client
            .put_item()
            .table_name(&*self.table)
            .condition_expression("attribute_not_exists(pk) OR #by = :by")
            .expression_attribute_names("#by", "by")
            .expression_attribute_values(":by", text(claim.stored.by.as_str().to_owned()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .set_item(Some(claim.item()?))
            .send()
            .await;
        let Err(error) = outcome else { return Ok(ClaimOutcome::Claimed(claim)) };
        let Some(PutItemError::ConditionalCheckFailedException(failed)) = error.as_service_error()
        else {
            return Err(classify_sdk_error(error));
        };
        let Some(item) = failed.item.clone() else { return Ok(ClaimOutcome::Taken) };
        let other: StoredClaim = from_item(item)?;
        Ok(match (other.identity, other.page) {
            (Some(identity), _) => ClaimOutcome::Completed(identity),
            (None, Some(page)) => ClaimOutcome::Failed(page),
            (None, None) => ClaimOutcome::Taken,
        })
    }

    /// Notes in the claim of a sign-in the `page` that explains its failure, so that a doubled
    /// request shows the same.
    pub async fn note_failed_sign_in(&self, claim: SignInClaim, page: &str) -> Result<()> {
        let stored = StoredClaim { page: Some(page.to_owned()), ..claim.stored };
        let key = key::Key::sign_in(&claim.state);
        self.put_expiring(&key, &stored, claim.expires_at).await
    }

    /// Creates a session, notes it in the claim of its sign-in, and records the sign-in.
    pub async fn create_session(
        &self,
        session: &Session,
        claim: SignInClaim,
        event: &SignInEvent,
    ) -> Result<()> {
        let mut transaction = self.transaction();
        let identity = &session.identity.key;
        let key = key::Key::session(identity, &session.secret);
        let mut created = expiring(&key, session, session.expires_at)?;
        created.extend(key::of_session(session));
        transaction.put_item(created)?;
        let stored = StoredClaim { identity: Some(identity.clone()), ..claim.stored };
        transaction.put_item(SignInClaim { stored, ..claim }.item()?)?;
        transaction.record_sign_in_event(event)?;
        transaction.commit().await
    }

    /// Ends sessions of an identity. Some of them may have ended already.
    pub async fn end_sessions(&self, ended: &EndedSessions) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.end_sessions(ended)?;
        transaction.commit().await
    }

    /// Ends sessions as the provider's `logout` says, unless its token has been used before.
    /// Returns false if it has. The claim on the token is kept until `claimed_until`.
    pub async fn end_by_provider(
        &self,
        logout: &ProviderLogout,
        ended: &[EndedSessions],
        claimed_until: Timestamp,
    ) -> Result<bool> {
        let mut transaction = self.transaction();
        let key = key::Key::logout_token(&logout.issuer, &logout.id);
        let claim = expiring(&key, &Empty {}, claimed_until)?;
        transaction.create(claim, |_| Error::Changed)?;
        for ended in ended {
            transaction.end_sessions(ended)?;
        }
        match transaction.commit().await {
            Err(Error::Changed) => Ok(false),
            committed => committed.map(|()| true),
        }
    }

    /// Returns the sessions that began with the provider's session `sid`, at most
    /// [`Self::MOST_OF_PROVIDER_SESSION`], as the index knows them: one that began within the last
    /// second may be missing. Some may have expired.
    pub async fn sessions_of_provider_session(
        &self,
        issuer: &str,
        sid: &str,
    ) -> Result<Vec<Session>> {
        let index = key::PROVIDER_SESSIONS;
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(index.name)
            .key_condition_expression("provider_sessions_pk = :pk")
            .expression_attribute_values(":pk", text(key::provider_session(issuer, sid)))
            .limit(Self::MOST_OF_PROVIDER_SESSION)
            .send()
            .await
            .map_err(classify_sdk_error)?;
        answer.items.unwrap_or_default().into_iter().map(from_item).collect()
    }

    /// Ends the session with `secret` of the event's identity. Does nothing if there is none.
    pub async fn sign_out(&self, secret: &SecretHash, event: &SignInEvent) -> Result<()> {
        let mut transaction = self.transaction();
        let key = key::Key::session(&event.identity, secret);
        transaction.delete_existing(&key, fails_with(Error::NotSignedIn))?;
        transaction.record_sign_in_event(event)?;
        match transaction.commit().await {
            Err(Error::NotSignedIn) => Ok(()),
            committed => committed,
        }
    }

    /// Puts a sign-in on record.
    pub async fn record_sign_in_event(&self, event: &SignInEvent) -> Result<()> {
        let key = key::Key::sign_in_event(&event.identity, event.id);
        self.put_expiring(&key, event, event.expires_at()).await
    }

    /// Notes that the session is used at the time `now`. Does nothing if it has ended, or if
    /// another request has noted a use since it was read.
    pub async fn note_use(&self, session: &Session, now: Timestamp) -> Result<()> {
        let update = self
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(key::Key::session(&session.identity.key, &session.secret).attributes()))
            .update_expression("SET last_used_at = :now")
            .condition_expression("last_used_at = :before")
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":before", text(session.last_used_at.to_string()));
        if_condition_holds(update.send().await)
    }

    /// Returns the sessions of an identity, at most [`Self::MOST_SESSIONS`]. Some may have expired.
    pub async fn sessions_of(&self, identity: &IdentityKey) -> Result<Vec<Session>> {
        let page = PageRequest::first(Self::MOST_SESSIONS);
        Ok(self.newest(key::identity(identity), key::SESSION, &page).await?.items)
    }

    /// Returns a page of the sign-ins on record of an identity, newest first.
    pub async fn sign_in_events_of(
        &self,
        identity: &IdentityKey,
        page: &PageRequest,
    ) -> Result<Page<SignInEvent>> {
        self.newest(key::identity(identity), key::SIGN_IN_EVENT, page).await
    }

    /// Returns a session and a page of the links of the identity that the cookie claims, the oldest
    /// accounts first, read concurrently.
    pub async fn session_and_links(
        &self,
        secret: &SecretHash,
        identity: &IdentityKey,
        page: &PageRequest,
    ) -> Result<(Option<Session>, Page<Link>)> {
        let found = self.look_up(super::Lookup::default().session(identity, secret));
        let (found, links) = tokio::try_join!(found, self.links_page(identity, page))?;
        Ok((found.session, links))
    }

    /// Returns a session and the number of links of the identity that the cookie claims, read
    /// concurrently.
    pub async fn session_and_link_count(
        &self,
        secret: &SecretHash,
        identity: &IdentityKey,
    ) -> Result<(Option<Session>, usize)> {
        let found = self.look_up(super::Lookup::default().session(identity, secret));
        let (found, count) = tokio::try_join!(found, self.count_links(identity))?;
        Ok((found.session, count))
    }

    /// Records a sign-in on the linked professional, with the identity as the provider describes it
    /// now.
    ///
    /// Does nothing if the link has ended.
    pub async fn record_sign_in(
        &self,
        link: &Link,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<()> {
        let described = serde_dynamo::to_attribute_value(identity).map_err(Error::internal)?;
        let outcome = self
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(key::Key::professional(link.account, link.professional).attributes()))
            .update_expression(
                "SET last_sign_in = :now, linked.#identity = :identity, version = version + :one",
            )
            .condition_expression("linked.#identity.#key = :key")
            .expression_attribute_names("#identity", "identity")
            .expression_attribute_names("#key", "key")
            .expression_attribute_values(":now", text(now.to_string()))
            .expression_attribute_values(":identity", described)
            .expression_attribute_values(":key", text(identity.key.to_string()))
            .expression_attribute_values(":one", number(1))
            .send()
            .await;
        if_condition_holds(outcome)
    }

    async fn put_expiring(
        &self,
        key: &key::Key,
        entity: &impl Serialize,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(expiring(key, entity, expires_at)?))
            .send()
            .await
            .map_err(classify_sdk_error)?;
        Ok(())
    }
}

impl SignInClaim {
    fn item(&self) -> Result<Item> {
        expiring(&key::Key::sign_in(&self.state), &self.stored, self.expires_at)
    }
}

impl Transaction<'_> {
    /// Ends sessions of an identity and records it.
    pub(super) fn end_sessions(&mut self, ended: &EndedSessions) -> Result<()> {
        for session in &ended.sessions {
            self.delete(&key::Key::session(&session.identity.key, &session.secret))?;
        }
        self.record_sign_in_event(&ended.event)
    }

    fn record_sign_in_event(&mut self, event: &SignInEvent) -> Result<()> {
        let key = key::Key::sign_in_event(&event.identity, event.id);
        self.put_item(expiring(&key, event, event.expires_at())?)
    }
}

fn expiring(key: &key::Key, entity: &impl Serialize, expires_at: Timestamp) -> Result<Item> {
    let mut item = item(key, Item::new(), entity)?;
    item.insert("ttl".to_owned(), number(expires_at.as_second()));
    Ok(item)
}

/// Turns an update whose condition does not hold into success.
fn if_condition_holds(
    outcome: std::result::Result<UpdateItemOutput, SdkError<UpdateItemError>>,
) -> Result<()> {
    match outcome {
        Err(error)
            if matches!(
                error.as_service_error(),
                Some(UpdateItemError::ConditionalCheckFailedException(_))
            ) =>
        {
            Ok(())
        }
        outcome => outcome.map(drop).map_err(classify_sdk_error),
    }
}
