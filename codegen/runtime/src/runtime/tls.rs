//! The TLS configuration of a client. It is complete, so that nothing is installed for the whole process, and
//! reqwest never looks for a cryptography provider: it panics without one.

use std::sync::{Arc, OnceLock};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// The TLS configuration of a client.
pub(crate) struct Tls {
    provider: Arc<CryptoProvider>,
    /// Certificates that are trusted besides the system's.
    roots: Vec<CertificateDer<'static>>,
    /// The system's certificates are read once, and only for https.
    verifier: OnceLock<Arc<Verifier>>,
}

impl Tls {
    /// # Errors
    ///
    /// If a root certificate is invalid, or there is no cryptography provider.
    pub(crate) fn new(roots_pem: &[Vec<u8>]) -> Result<Self, String> {
        Ok(Tls {
            provider: provider()?,
            roots: certificates(roots_pem)?,
            verifier: OnceLock::new(),
        })
    }

    /// Returns the configuration. Without `https` it trusts no certificate.
    pub(crate) fn configuration(&self, https: bool) -> Result<ClientConfig, String> {
        let builder = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                format!("the cryptography provider does not support TLS 1.2 or 1.3: {error}")
            })?;
        let builder = match https {
            true => builder
                .dangerous()
                .with_custom_certificate_verifier(self.verifier()?),
            false => builder.with_root_certificates(RootCertStore::empty()),
        };
        let mut configuration = builder.with_no_client_auth();
        configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
        if cfg!(feature = "http2") {
            configuration.alpn_protocols.insert(0, b"h2".to_vec());
        }
        Ok(configuration)
    }

    fn verifier(&self) -> Result<Arc<Verifier>, String> {
        if let Some(verifier) = self.verifier.get() {
            return Ok(Arc::clone(verifier));
        }
        let verifier =
            Verifier::new_with_extra_roots(self.roots.iter().cloned(), Arc::clone(&self.provider))
                .map_err(|error| format!("the root certificates are invalid: {error}"))?;
        Ok(Arc::clone(self.verifier.get_or_init(|| Arc::new(verifier))))
    }
}

fn certificates(roots_pem: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut certificates = Vec::new();
    let mut store = RootCertStore::empty();
    for pem in roots_pem {
        let before = certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate
                .map_err(|error| format!("a root certificate is not valid PEM: {error}"))?;
            store
                .add(certificate.clone())
                .map_err(|error| format!("a root certificate is invalid: {error}"))?;
            certificates.push(certificate);
        }
        if certificates.len() == before {
            return Err(
                "a root certificate has no `BEGIN CERTIFICATE` section; give it in PEM".to_owned(),
            );
        }
    }
    Ok(certificates)
}

#[cfg(feature = "rustls")]
fn provider() -> Result<Arc<CryptoProvider>, String> {
    Ok(CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider())))
}

#[cfg(not(feature = "rustls"))]
fn provider() -> Result<Arc<CryptoProvider>, String> {
    CryptoProvider::get_default().cloned().ok_or_else(|| {
        "no cryptography provider is installed; install one with rustls's \
         `CryptoProvider::install_default`, or enable the feature `rustls`"
            .to_owned()
    })
}
