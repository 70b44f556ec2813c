//! Sessions and sign-ins in progress.

use aws_sdk_dynamodb::{operation::update_item::UpdateItemError, types::ReturnValue};
use jiff::Timestamp;
use serde::Serialize;

use super::{Item, Store, classify_sdk_error, from_item, item, key, number, text};
use crate::{
    Error, Result,
    domain::{Identity, IdentityKey, Link, SecretHash, Session, SignIn},
};

impl Store {
    /// Creates a sign-in in progress.
    pub async fn create_sign_in(&self, sign_in: &SignIn) -> Result<()> {
        self.put_expiring(&key::Key::sign_in(&sign_in.state), sign_in, sign_in.expires_at).await
    }

    /// Removes and returns a sign-in, so that it can be completed only once.
    pub async fn consume_sign_in(&self, state: &SecretHash) -> Result<Option<SignIn>> {
        self.delete_and_return(&key::Key::sign_in(state)).await?.map(from_item).transpose()
    }

    /// Creates a session.
    pub async fn create_session(&self, session: &Session) -> Result<()> {
        self.put_expiring(&key::Key::session(&session.id), session, session.expires_at).await
    }

    /// Removes and returns a session, if it exists.
    pub async fn end_session(&self, id: &SecretHash) -> Result<Option<Session>> {
        self.delete_and_return(&key::Key::session(id)).await?.map(from_item).transpose()
    }

    /// Returns a session and the links of the identity that the cookie claims, read concurrently.
    pub async fn session_and_links(
        &self,
        id: &SecretHash,
        identity: &IdentityKey,
    ) -> Result<(Option<Session>, Vec<Link>)> {
        let found = self.look_up(super::Lookup::default().session(id));
        let (found, links) = tokio::try_join!(found, self.links_of(identity))?;
        Ok((found.session, links))
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

    async fn put_expiring(
        &self,
        key: &key::Key,
        entity: &impl Serialize,
        expires_at: Timestamp,
    ) -> Result<()> {
        let mut item = item(key, Item::new(), entity)?;
        item.insert("ttl".to_owned(), number(expires_at.as_second()));
        self.client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(item))
            .send()
            .await
            .map_err(classify_sdk_error)?;
        Ok(())
    }

    async fn delete_and_return(&self, key: &key::Key) -> Result<Option<Item>> {
        let delete = self
            .client
            .delete_item()
            .table_name(&*self.table)
            .set_key(Some(key.attributes()))
            .return_values(ReturnValue::AllOld);
        Ok(delete.send().await.map_err(classify_sdk_error)?.attributes)
    }
}
