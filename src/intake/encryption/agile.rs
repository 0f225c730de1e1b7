//! The protection of Excel 2010 and later: an XML that names the hash and the lengths, AES in chained segments.
//! Source: [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15.

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::cipher::{Aes, base64};
use super::{MOST_ROUNDS, in_time, utf16};
use crate::intake::budget::{Job, Over};
use crate::intake::xml::Xml;

/// The content is encrypted in pieces of this length.
const SEGMENT: usize = 4096;
/// What a key is for goes into its hash.
const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, one: &[u8], two: &[u8]) -> Vec<u8> {
        fn chained<D: Digest>(one: &[u8], two: &[u8]) -> Vec<u8> {
            D::new().chain_update(one).chain_update(two).finalize().to_vec()
        }
        match self {
            Self::Sha1 => chained::<Sha1>(one, two),
            Self::Sha256 => chained::<Sha256>(one, two),
            Self::Sha384 => chained::<Sha384>(one, two),
            Self::Sha512 => chained::<Sha512>(one, two),
        }
    }
}

/// What is encrypted how.
struct Way {
    hash: Hash,
    key_bytes: usize,
    salt: Vec<u8>,
}

/// The protection of one file.
pub(super) struct Protection {
    content: Way,
    password: Way,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

impl Protection {
    /// Reads the description; `None` when it is spoilt, or names what office programs do not use.
    pub(super) fn parse(description: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(description).ok()?;
        let mut xml = Xml::new(text);
        let (mut content, mut found) = (None, None);
        while let Some(start) = xml.child(0).ok()? {
            let binary = |name| base64(&start.attribute(name)?);
            let way = || {
                if start.attribute("cipherAlgorithm")? != "AES"
                    || start.attribute("cipherChaining")? != "ChainingModeCBC"
                {
                    return None;
                }
                let hash = match start.attribute("hashAlgorithm")?.replace('-', "").as_str() {
                    "SHA1" => Hash::Sha1,
                    "SHA256" => Hash::Sha256,
                    "SHA384" => Hash::Sha384,
                    "SHA512" => Hash::Sha512,
                    _ => return None,
                };
                let key_bytes = start.attribute("keyBits")?.parse::<usize>().ok()? / 8;
                Some(Way { hash, key_bytes: Some(key_bytes).filter(|count| *count <= 32)?, salt: binary("saltValue")? })
            };
            match start.local() {
                "keyData" => content = way(),
                // The key may stand there for a certificate too, without rounds.
                "encryptedKey" if found.is_none() => {
                    let Some(rounds) = start.attribute("spinCount") else { continue };
                    let rounds = rounds.parse().ok()?;
                    let names = ["encryptedVerifierHashInput", "encryptedVerifierHashValue", "encryptedKeyValue"];
                    let [verifier, verifier_hash, key] = names.map(binary);
                    found = Some((way()?, rounds, verifier?, verifier_hash?, key?));
                }
                _ => {}
            }
        }
        let (password, rounds, verifier, verifier_hash, key) = found?;
        let content = content?;
        (rounds <= MOST_ROUNDS).then_some(Self { content, password, rounds, verifier, verifier_hash, key })
    }

    /// Decrypts the content with the first password that fits.
    pub(super) fn open(&self, content: &[u8], job: &Job) -> Option<Vec<u8>> {
        let mut passwords = job.passwords.attempts();
        let key = passwords.find_map(|password| self.key(password, job).transpose())?.ok()?;
        let aes = Aes::new(&key)?;
        let mut plain = Vec::with_capacity(content.len());
        for (at, segment) in (0u32..).zip(content.chunks(SEGMENT)) {
            job.clock().ok()?;
            let first = exactly::<16>(self.content.hash.of(&self.content.salt, &at.to_le_bytes()));
            plain.extend(aes.cbc(segment, &first));
        }
        Some(plain)
    }

    /// The key of the content, when the password is right.
    fn key(&self, password: &str, job: &Job) -> Result<Option<Vec<u8>>, Over> {
        let way = &self.password;
        let mut hash = way.hash.of(&way.salt, &utf16(password));
        for round in 0..self.rounds {
            hash = way.hash.of(&round.to_le_bytes(), &hash);
            in_time(round, job)?;
        }
        let first = exactly::<16>(way.salt.clone());
        let decrypted = |bytes: &[u8], purpose: &[u8; 8]| {
            let mut key = way.hash.of(&hash, purpose);
            key.resize(way.key_bytes, 0x36);
            Some(Aes::new(&key)?.cbc(bytes, &first))
        };
        let verified = || {
            let verifier = decrypted(&self.verifier, &FOR_VERIFIER)?;
            let wanted = decrypted(&self.verifier_hash, &FOR_VERIFIER_HASH)?;
            let hash = way.hash.of(verifier.get(..way.salt.len())?, &[]);
            if !wanted.starts_with(&hash) {
                return None;
            }
            let mut key = decrypted(&self.key, &FOR_KEY)?;
            key.truncate(self.content.key_bytes);
            Some(key)
        };
        Ok(verified())
    }
}

/// Cut, or filled up as the standard says.
fn exactly<const N: usize>(mut bytes: Vec<u8>) -> [u8; N] {
    bytes.resize(N, 0x36);
    std::array::from_fn(|at| bytes[at])
}
