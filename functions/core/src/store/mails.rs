//! The outbox.

use super::{Item, Store, item, key, number, transaction::Transaction};
use crate::{
    Error, Result,
    domain::{Activity, Mail, Professional},
};

/// Days a mail stays in the table.
const DAYS_KEPT: i64 = 90;

impl Transaction<'_> {
    /// Puts a new mail into the outbox.
    pub(super) fn put_mail(&mut self, mail: &Mail) -> Result<()> {
        self.create(mail_item(mail)?, |_| Error::Stale)
    }
}

impl Store {
    /// Moves a mail from `before` to `after`, with what that means for the professional it is about and for the activity list, and with a
    /// further mail if it calls for one.
    ///
    /// Fails with [`Error::Stale`] when the mail or the professional has changed since it was read, or the further mail is there already.
    pub async fn advance_mail(
        &self,
        before: &Mail,
        after: &Mail,
        professional: Option<(&Professional, &Professional)>,
        further: Option<&Mail>,
        activities: &[Activity],
    ) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.replace_mail(before, after)?;
        if let Some((before, after)) = professional {
            transaction.replace_professional(before, after)?;
        }
        transaction.finish(further, activities)?;
        transaction.commit().await
    }

    /// Puts one mail of several into the outbox, with the professional's new invitation if it holds a link; does nothing when it is there.
    pub async fn expand_mail(&self, mail: &Mail, professional: Option<(&Professional, &Professional)>, activity: Option<&Activity>) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.create(mail_item(mail)?, |_| Error::Changed)?;
        if let Some((before, after)) = professional {
            transaction.replace_professional(before, after)?;
        }
        if let Some(activity) = activity {
            transaction.record(activity)?;
        }
        match transaction.commit().await {
            Err(Error::Changed) => Ok(()),
            committed => committed,
        }
    }
}

impl Transaction<'_> {
    fn replace_mail(&mut self, before: &Mail, after: &Mail) -> Result<()> {
        let state = serde_dynamo::to_attribute_value(before.delivery).map_err(Error::internal)?;
        self.replace_if(mail_item(after)?, "delivery = :delivery", [(":delivery", state)].into())
    }
}

fn mail_item(mail: &Mail) -> Result<Item> {
    let mut item = item(&key::Key::mail(mail.id), Item::new(), mail)?;
    item.insert("ttl".to_owned(), number(mail.created_at.as_second() + DAYS_KEPT * 24 * 3600));
    Ok(item)
}
