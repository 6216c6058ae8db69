//! Gives reqwest a TLS configuration that is complete: nothing is installed for the whole process,
//! and reqwest never looks for a provider that is not there, which it would meet by a panic.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// The configuration for a client that talks https, or, without `https`, one that trusts nobody and
/// spares the reading of the system's certificates.
pub(crate) fn configuration(https: bool, roots_pem: &[Vec<u8>]) -> Result<ClientConfig, String> {
    let provider = provider()?;
    // Read also where they are not used: what is wrong with them should not wait for a change of
    // the base URL.
    let certificates = certificates(roots_pem)?;
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("the TLS provider cannot be used: {error}"))?;
    let mut configuration = if https {
        let verifier = Verifier::new_with_extra_roots(certificates, provider)
            .map_err(|error| format!("the root certificates cannot be used: {error}"))?;
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
            let certificate =
                certificate.map_err(|error| format!("a root certificate is not PEM: {error}"))?;
            store
                .add(certificate.clone())
                .map_err(|error| format!("a root certificate cannot be used: {error}"))?;
            certificates.push(certificate);
        }
        if certificates.len() == before {
            return Err("a root certificate holds no `BEGIN CERTIFICATE` section".to_owned());
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
        "no TLS provider is installed for the process; install one with rustls's \
         `CryptoProvider::install_default`, or enable the feature `rustls`"
            .to_owned()
    })
}
