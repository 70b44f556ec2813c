//! What a program's file says about the machine it needs.

use object::{
    Endianness,
    elf::{EM_386, EM_AARCH64, EM_X86_64, FileHeader64},
    read::elf::{FileHeader as _, SectionHeader as _},
};

/// A version of glibc, such as 2.34.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Glibc(pub(crate) u32, pub(crate) u32);

/// What a program needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    /// The kind of processor, as Lambda calls it.
    pub(crate) processor: &'static str,
    /// The newest version of glibc that it names, if it names any.
    pub(crate) glibc: Option<Glibc>,
}

impl std::fmt::Display for Glibc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// Reads the headers of a 64-bit ELF file.
pub(crate) fn needs(file: &[u8]) -> Result<Needs, String> {
    read(file).map_err(|error| format!("is not a program for Linux: {error}"))
}

fn read(file: &[u8]) -> object::read::Result<Needs> {
    let header = FileHeader64::<Endianness>::parse(file)?;
    let endian = header.endian()?;
    let processor = match header.e_machine(endian) {
        EM_AARCH64 => "arm64",
        EM_X86_64 => "x86_64",
        EM_386 => "i386",
        _ => "another processor",
    };
    let sections = header.sections(endian, file)?;
    let mut glibc = None;
    for section in sections.iter() {
        let Some((mut libraries, strings)) = section.gnu_verneed(endian, file)? else { continue };
        let strings = sections.strings(endian, file, strings)?;
        while let Some((_, mut versions)) = libraries.next()? {
            while let Some(version) = versions.next()? {
                glibc = glibc.max(parse(version.name(endian, strings)?));
            }
        }
    }
    Ok(Needs { processor, glibc })
}

/// Reads `GLIBC_2.34` or `GLIBC_2.2.5`; other libraries have other names.
fn parse(name: &[u8]) -> Option<Glibc> {
    let text = std::str::from_utf8(name).ok()?.strip_prefix("GLIBC_")?;
    let mut numbers = text.split('.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Some(Glibc(major, minor)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse(b"GLIBC_2.34"), Some(Glibc(2, 34)));
        assert_eq!(parse(b"GLIBC_2.2.5"), Some(Glibc(2, 2)));
        assert!(Glibc(2, 4) < Glibc(2, 34) && Glibc(2, 34) < Glibc(3, 0));
        assert_eq!((parse(b"GCC_3.0"), parse(b"GLIBC_PRIVATE")), (None, None));
    }

    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[test]
    fn this_very_program_names_the_glibc_it_needs() {
        let program = std::fs::read(std::env::current_exe().expect("a program")).expect("its file");
        let needs = needs(&program).expect("an ELF file");
        assert!(needs.glibc >= Some(Glibc(2, 17)), "{needs:?}");
        assert_eq!(needs.processor, if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" });
    }

    #[test]
    fn what_is_no_program_is_an_error() {
        assert!(
            needs(b"#!/bin/sh\n").expect_err("a script").starts_with("is not a program for Linux")
        );
        let mut cut = std::fs::read(std::env::current_exe().expect("a program")).expect("its file");
        cut.truncate(100);
        assert!(needs(&cut).is_err());
    }
}
