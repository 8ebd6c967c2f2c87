//! The parameters that the steps read.

use crate::request::Params;

/// The parameters of an authorization, wherever they came from: a query, or the form of a device.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters(Params);

impl Parameters {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)
    }

    /// Every value of a parameter that may be repeated.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get_all(name)
    }

    /// A parameter, to be kept.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// The words of a parameter, separated by spaces.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        let words = self.get(name).unwrap_or_default().split(' ');
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

impl From<&Params> for Parameters {
    fn from(params: &Params) -> Self {
        Self(params.clone())
    }
}
