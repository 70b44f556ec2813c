//! Reads from an ELF file which machine the program needs.

use object::{
    Endianness,
    elf::{EM_386, EM_AARCH64, EM_X86_64, FileHeader64},
    read::elf::{FileHeader as _, SectionHeader as _},
};

/// A version of glibc, such as 2.34.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GlibcVersion(pub(super) u32, pub(super) u32);

/// The machine that a program needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BinaryRequirements {
    /// Lambda's name of the processor architecture.
    pub(super) processor: &'static str,
    /// The newest glibc version among the imported symbols; `None` without glibc.
    pub(super) glibc: Option<GlibcVersion>,
}

impl std::fmt::Display for GlibcVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// Reads the requirements from the headers of a 64-bit ELF file.
pub(super) fn requirements(file: &[u8]) -> object::read::Result<BinaryRequirements> {
    let header = FileHeader64::<Endianness>::parse(file)?;
    let endian = header.endian()?;
    let processor = match header.e_machine(endian) {
        EM_AARCH64 => "arm64",
        EM_X86_64 => "x86_64",
        EM_386 => "i386",
        _ => "another architecture",
    };
    let sections = header.sections(endian, file)?;
    let mut glibc = None;
    for section in sections.iter() {
        let Some((mut libraries, strings)) = section.gnu_verneed(endian, file)? else { continue };
        let strings = sections.strings(endian, file, strings)?;
        while let Some((_, mut versions)) = libraries.next()? {
            while let Some(version) = versions.next()? {
                glibc = glibc.max(parse_glibc(version.name(endian, strings)?));
            }
        }
    }
    Ok(BinaryRequirements { processor, glibc })
}

/// Parses `GLIBC_2.34` or `GLIBC_2.2.5`; returns `None` for other libraries' versions.
fn parse_glibc(name: &[u8]) -> Option<GlibcVersion> {
    let text = std::str::from_utf8(name).ok()?.strip_prefix("GLIBC_")?;
    let mut numbers = text.split('.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Some(GlibcVersion(major, minor)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_glibc(b"GLIBC_2.34"), Some(GlibcVersion(2, 34)));
        assert_eq!(parse_glibc(b"GLIBC_2.2.5"), Some(GlibcVersion(2, 2)));
        assert!(GlibcVersion(2, 4) < GlibcVersion(2, 34));
        assert!(GlibcVersion(2, 34) < GlibcVersion(3, 0));
        assert_eq!((parse_glibc(b"GCC_3.0"), parse_glibc(b"GLIBC_PRIVATE")), (None, None));
    }

    fn this_program() -> Vec<u8> {
        std::fs::read(std::env::current_exe().expect("a program")).expect("its file")
    }

    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[test]
    fn this_program_names_the_glibc_it_needs() {
        let requirements = requirements(&this_program()).expect("an ELF file");
        assert!(requirements.glibc >= Some(GlibcVersion(2, 17)), "{requirements:?}");
        let expected = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
        assert_eq!(requirements.processor, expected);
    }

    #[test]
    fn other_files_and_truncated_ones_are_errors() {
        assert!(requirements(b"#!/bin/sh\n").is_err());
        assert!(requirements(&this_program()[..100]).is_err());
    }
}
