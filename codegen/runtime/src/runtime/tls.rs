//! The TLS configuration of a client. It is complete, so that nothing is installed for the whole process, and
//! reqwest never looks for a cryptography provider: it panics without one.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// Returns the configuration. Without `https` it trusts no certificate, and the system's are not read.
pub(crate) fn configuration(https: bool, roots_pem: &[Vec<u8>]) -> Result<ClientConfig, String> {
    let provider = provider()?;
    // Also checked when they are not used, so that an error does not wait for another base URL.
    let certificates = certificates(roots_pem)?;
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| {
            format!("the cryptography provider does not support TLS 1.2 or 1.3: {error}")
        })?;
    let mut configuration = if https {
        let verifier = Verifier::new_with_extra_roots(certificates, provider)
            .map_err(|error| format!("the root certificates are invalid: {error}"))?;
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth()
    } else {
        builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    if cfg!(feature = "http2") {
        configuration.alpn_protocols.insert(0, b"h2".to_vec());
    }
    Ok(configuration)
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
