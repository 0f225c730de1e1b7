//! Ways from one file to another, as links write them.

/// Whether a way begins at a root or a drive, as it does where no relative one leads: such a way names a folder of
/// somebody's machine, and is not written.
pub fn is_absolute(way: &str) -> bool {
    let drive = way.as_bytes();
    way.starts_with(['/', '\\']) || drive.len() > 2 && drive[0].is_ascii_alphabetic() && &drive[1..3] == b":/"
}

#[cfg(test)]
mod tests {
    use super::is_absolute;

    #[test]
    fn a_root_and_a_drive_are_told_from_a_folder() {
        for way in ["/a", "c:/a", "D://fogli/", "\\\\server\\fogli", "/?/D:/fogli/"] {
            assert!(is_absolute(way), "{way}");
        }
        for way in ["", "../", "a:b/", "../Anno: 2019/", "fogli/"] {
            assert!(!is_absolute(way), "{way}");
        }
    }
}
