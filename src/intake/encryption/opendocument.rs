//! The protection of OpenDocument files: each part compressed and encrypted by itself, with AES in chained blocks and a
//! key derived from the password. Source: OpenDocument 1.2, part 3, 3.4, and 4.8 of its manifest.
//!
//! Blowfish, of versions before 1.2, and the single encrypted part of LibreOffice 24.2 are not opened.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::cipher::{Aes, base64};
use super::{MOST_ROUNDS, in_time};
use crate::intake::budget::{Job, Over};
use crate::intake::xml::{Tag, Xml};

/// A checksum is that of so many bytes at the beginning.
const CHECKED: usize = 1024;

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
}

impl Hash {
    /// By the last word of its name: `…#sha256`, `SHA1/1K`, `…#sha256-1k`.
    fn named(name: &str) -> Option<Self> {
        let name = name.rsplit('#').next().unwrap_or_default().to_ascii_lowercase();
        match name.trim_end_matches("/1k").trim_end_matches("-1k") {
            "sha1" => Some(Self::Sha1),
            "sha256" => Some(Self::Sha256),
            _ => None,
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
        }
    }
}

/// How one part is encrypted.
struct Way {
    /// Bytes of the part once unpacked.
    size: u64,
    checksum: (Hash, Vec<u8>),
    first: [u8; 16],
    start: Hash,
    key_bytes: usize,
    rounds: u32,
    salt: Vec<u8>,
}

/// The encrypted parts of a file; `None` stands for one that is encrypted in a way not known here.
pub(in crate::intake) struct Protection(HashMap<String, Option<Way>>);

/// What the manifest says of one part, piece by piece.
#[derive(Default)]
struct Entry {
    name: String,
    size: Option<u64>,
    is_encrypted: bool,
    checksum: Option<(Hash, Vec<u8>)>,
    first: Option<[u8; 16]>,
    start: Option<Hash>,
    derivation: Option<(usize, u32, Vec<u8>)>,
}

impl Entry {
    fn new(start: &Tag<'_>) -> Self {
        let size = start.attribute("size").and_then(|size| size.parse().ok());
        let name = start.attribute("full-path").unwrap_or_default().into_owned();
        // What is not said is what the first version of the format had.
        Self { name, size, start: Some(Hash::Sha1), ..Self::default() }
    }

    /// Takes in an element inside the entry.
    fn take(&mut self, tag: &Tag<'_>) {
        let text = |name| tag.attribute(name).unwrap_or_default().into_owned();
        match tag.local() {
            "encryption-data" => {
                self.is_encrypted = true;
                self.checksum = Hash::named(&text("checksum-type")).zip(base64(&text("checksum")));
            }
            "algorithm" if text("algorithm-name").ends_with("-cbc") && text("algorithm-name").contains("aes") => {
                self.first = base64(&text("initialisation-vector")).and_then(|bytes| bytes.try_into().ok());
            }
            "start-key-generation" => self.start = Hash::named(&text("start-key-generation-name")),
            "key-derivation" if text("key-derivation-name").to_ascii_lowercase().ends_with("pbkdf2") => {
                self.derivation = derivation(&text("key-size"), &text("iteration-count"), &text("salt"));
            }
            _ => {}
        }
    }

    fn way(self) -> Option<Way> {
        let (key_bytes, rounds, salt) = self.derivation?;
        let (size, checksum, first, start) = (self.size?, self.checksum?, self.first?, self.start?);
        Some(Way { size, checksum, first, start, key_bytes, rounds, salt })
    }
}

/// Length of the key, rounds and salt, when they are those of an office program.
fn derivation(key_bytes: &str, rounds: &str, salt: &str) -> Option<(usize, u32, Vec<u8>)> {
    let (key_bytes, rounds) = (key_bytes.parse().unwrap_or(16), rounds.parse().ok()?);
    let plausible = matches!(key_bytes, 16 | 24 | 32) && (1..=MOST_ROUNDS).contains(&rounds);
    plausible.then_some((key_bytes, rounds, base64(salt)?))
}

impl Protection {
    /// Reads the manifest; `None` when no part is encrypted.
    pub(in crate::intake) fn parse(manifest: &str) -> Option<Self> {
        let (mut ways, mut xml, mut entry) = (HashMap::new(), Xml::new(manifest), Entry::default());
        let mut keep = |entry: Entry| {
            if entry.is_encrypted {
                ways.insert(entry.name.clone(), entry.way());
            }
        };
        // A manifest that breaks off says no more than what stands before.
        while let Ok(Some(tag)) = xml.child(0) {
            match tag.local() {
                "file-entry" => keep(std::mem::replace(&mut entry, Entry::new(&tag))),
                _ => entry.take(&tag),
            }
        }
        keep(entry);
        (!ways.is_empty()).then_some(Self(ways))
    }

    /// The password of the run that opens a part.
    ///
    /// # Errors
    /// When the time is over.
    pub(in crate::intake) fn password<'a>(
        &self,
        name: &str,
        bytes: &[u8],
        job: &Job<'a>,
    ) -> Result<Option<&'a str>, Over> {
        let Some(Some(way)) = self.0.get(name) else { return Ok(None) };
        for password in job.passwords.attempts() {
            if way.compressed(password, bytes, job)?.is_some() {
                return Ok(Some(password));
            }
        }
        Ok(None)
    }

    /// A part decrypted and unpacked, or as it is when it is not encrypted; `None` when that fails.
    ///
    /// # Errors
    /// When it is larger than a file may be, or the time is over.
    pub(in crate::intake) fn open(
        &self,
        name: &str,
        bytes: Vec<u8>,
        password: &str,
        job: &mut Job,
    ) -> Result<Option<Vec<u8>>, Over> {
        let Some(way) = self.0.get(name) else { return Ok(Some(bytes)) };
        let Some(way) = way else { return Ok(None) };
        job.inflate(way.size)?;
        let Some(compressed) = way.compressed(password, &bytes, job)? else { return Ok(None) };
        let mut plain = Vec::new();
        let unpacked = DeflateDecoder::new(&*compressed).take(way.size + 1).read_to_end(&mut plain);
        Ok(unpacked.is_ok_and(|count| count as u64 == way.size).then_some(plain))
    }
}

impl Way {
    /// The part decrypted, still compressed; `None` when the checksum says that the password is another one.
    fn compressed(&self, password: &str, bytes: &[u8], job: &Job) -> Result<Option<Vec<u8>>, Over> {
        let start = self.start.of(password.as_bytes());
        let key = derived(&start, &self.salt, self.rounds, self.key_bytes, job)?;
        let Some(aes) = Aes::new(&key) else { return Ok(None) };
        let mut plain = aes.cbc(bytes, &self.first);
        // The last byte says how many were added to fill the last block.
        let Some(added) = plain.last().copied().filter(|added| (1..=16).contains(added)) else { return Ok(None) };
        plain.truncate(plain.len() - usize::from(added));
        let (hash, wanted) = &self.checksum;
        let right = hash.of(&plain[..plain.len().min(CHECKED)]) == *wanted;
        Ok(right.then_some(plain))
    }
}

/// A key by PBKDF2 with HMAC and SHA-1. Source: RFC 8018, 5.2; RFC 2104.
fn derived(password: &[u8], salt: &[u8], rounds: u32, length: usize, job: &Job) -> Result<Vec<u8>, Over> {
    let masked = |mask: u8| {
        let mut block = [mask; 64];
        block.iter_mut().zip(password).for_each(|(byte, of_password)| *byte ^= of_password);
        Sha1::new().chain_update(block)
    };
    let (inner, outer) = (masked(0x36), masked(0x5C));
    let signed = |one: &[u8], two: &[u8]| {
        let hash = inner.clone().chain_update(one).chain_update(two).finalize();
        outer.clone().chain_update(hash).finalize()
    };
    let mut key = Vec::new();
    for block in 1u32.. {
        if key.len() >= length {
            break;
        }
        let mut hash = signed(salt, &block.to_be_bytes());
        let mut mixed = hash;
        for round in 1..rounds {
            hash = signed(&hash, &[]);
            mixed.iter_mut().zip(hash).for_each(|(byte, of_hash)| *byte ^= of_hash);
            in_time(round, job)?;
        }
        key.extend(mixed);
    }
    key.truncate(length);
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::intake::{Limits, Passwords};

    /// RFC 6070, the first, third and fifth example.
    #[test]
    fn published_examples() {
        let (file, limits, passwords) = (Arc::from("a.ods"), Limits::default(), Passwords::default());
        let job = Job::new(&file, &limits, &passwords);
        let shown = |password: &[u8], salt: &[u8], rounds, length| {
            let key = derived(password, salt, rounds, length, &job).expect("in time");
            key.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        assert_eq!(shown(b"password", b"salt", 1, 20), "0c60c80f961f0e71f3a9b524af6012062fe037a6");
        assert_eq!(shown(b"password", b"salt", 4096, 20), "4b007901b765489abead49d926f721d065a429c1");
        assert_eq!(
            shown(b"passwordPASSWORDpassword", b"saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25),
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"
        );
    }

    #[test]
    fn what_is_not_known_is_no_way() {
        let manifest = |algorithm: &str, derivation: &str| {
            format!(
                "<m:manifest><m:file-entry m:full-path=\"content.xml\" m:size=\"5\"><m:encryption-data m:checksum-type=\"SHA1/1K\" m:checksum=\"AA==\"><m:algorithm m:algorithm-name=\"{algorithm}\" m:initialisation-vector=\"AAAAAAAAAAAAAAAAAAAAAA==\"/><m:key-derivation {derivation} m:salt=\"AA==\"/></m:encryption-data></m:file-entry></m:manifest>"
            )
        };
        let known = |manifest: &str| Protection::parse(manifest).map(|found| found.0["content.xml"].is_some());
        let (aes, rounds) =
            ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "m:iteration-count=\"1000\" m:key-size=\"32\"");
        assert_eq!(known(&manifest(aes, &format!("m:key-derivation-name=\"PBKDF2\" {rounds}"))), Some(true));
        assert_eq!(
            known(&manifest("Blowfish CFB", &format!("m:key-derivation-name=\"PBKDF2\" {rounds}"))),
            Some(false)
        );
        assert_eq!(known(&manifest(aes, &format!("m:key-derivation-name=\"argon2id\" {rounds}"))), Some(false));
        let without_end = "m:key-derivation-name=\"PBKDF2\" m:iteration-count=\"4294967295\" m:key-size=\"32\"";
        assert_eq!(known(&manifest(aes, without_end)), Some(false));
        assert_eq!(known("<m:manifest><m:file-entry m:full-path=\"content.xml\"/></m:manifest>"), None);
    }
}
