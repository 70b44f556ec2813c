//! Licences: the products that an account may use (requirement 32).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::domain::{FieldErrorCode, FieldErrors, ProductName, search_key};

/// A product that an account may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The product.
    pub product: ProductName,
    /// The number of users, devices or other units; `None` for a product without a count.
    pub quantity: Option<u32>,
}

impl Licence {
    /// The most licences of an account, so that its item stays small.
    pub const MAX: usize = 50;

    /// Parses a licence as typed and adds its errors under `field`.
    ///
    /// `seen` collects the search keys of the list's products. A repeated product is an error.
    pub fn parse(
        field: &str,
        product: &str,
        quantity: Option<u32>,
        seen: &mut HashSet<String>,
        errors: &mut FieldErrors,
    ) -> Option<Self> {
        let product = errors.parse(&format!("{field}.product"), ProductName::parse(product));
        if product.as_ref().is_some_and(|product| !seen.insert(search_key(product.as_str()))) {
            errors.add(&format!("{field}.product"), FieldErrorCode::RepeatedProduct);
        }
        if quantity == Some(0) {
            errors.add(&format!("{field}.quantity"), FieldErrorCode::Quantity);
        }
        Some(Self { product: product?, quantity })
    }
}
