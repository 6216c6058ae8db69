//! Journals that are cut off, damaged, in use, or of another import.

use super::run::Files;
use super::{ROWS, server, titles};

/// Wherever the last line is cut off, a row that may have been sent is not sent again.
#[test]
fn a_cut_off_last_line() {
    let server = server();
    let files = Files::new("cut-off", ROWS);
    let output = files.run(&server, &["--concurrency", "1"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let journal = files.read_journal();
    let lines: Vec<_> = journal.lines().collect();
    assert_eq!(lines.len(), 7, "{journal}");
    let size = |count: usize| lines[..count].iter().map(|line| line.len() + 1).sum();

    // Lines kept, rows sent again, unknown rows.
    let ends = [
        (0, 3, 0),
        (1, 3, 0),
        (2, 2, 1),
        (3, 2, 0),
        (4, 1, 1),
        (5, 1, 0),
        (6, 0, 1),
    ];
    for (kept, sent_again, unknown) in ends {
        let start: usize = size(kept);
        for cut in [0, 1, lines[kept].len() / 2, lines[kept].len()] {
            std::fs::write(files.journal(), &journal[..start + cut]).expect("a file");
            let before = server.requests();
            let output = files.run(&server, &["--concurrency", "1"]);
            let sent = server.requests() - before;
            let context = format!("{kept} lines and {cut} bytes:\n{output:?}");
            assert_eq!(sent, sent_again, "{context}");
            assert_eq!(output.unknown().len(), unknown, "{context}");
            let status = if unknown == 0 { 0 } else { 3 };
            assert_eq!(output.status, status, "{context}");
            // The repaired journal can be read again.
            let again = files.run(&server, &["--concurrency", "1"]);
            assert_eq!(again.status, status, "{context}{again:?}");
            assert_eq!(server.requests() - before, sent, "{context}");
        }
    }
}

#[test]
fn a_journal_of_another_import() {
    let server = server();
    let files = Files::new("other", ROWS);
    assert_eq!(files.run(&server, &[]).status, 0);
    let journal = files.read_journal();
    let rejected = |message: &str| {
        let before = server.requests();
        let output = files.run(&server, &[]);
        assert_eq!(output.status, 1, "{output:?}");
        assert!(output.stderr.contains(message), "{output:?}");
        assert_eq!(server.requests(), before);
    };

    files.write(&ROWS.replace("two", "2"));
    rejected("row 3 was sent, and has been changed or removed since: it was imported as task tsk_");
    files.write("title,description\none,d\n");
    rejected("row 3 was sent, and has been changed or removed since");
    files.write(ROWS);
    let write = |text: String| std::fs::write(files.journal(), text).expect("a file");
    write(journal.replace("\"done\"", "\"gone\""));
    rejected("this is not a line of a journal");
    write(journal.replace("\"version\":2", "\"version\":3"));
    rejected("the journal has version 3");
    let lines = journal.lines().skip(1);
    write(lines.map(|line| format!("{line}\n")).collect());
    rejected("the first line of the journal is missing");
    write(journal.replace(&server.base_url(), "https://api.trycomp.ai"));
    rejected("use another journal with `--journal FILE`");

    // Additional rows, and another order of the columns, are accepted.
    write(journal);
    files.write("description,title\nd,one\nd,two\nd,three\nd,four\n");
    assert_eq!(files.run(&server, &[]).status, 0);
    assert_eq!(titles(&server), ["four", "one", "three", "two"]);
}

#[test]
fn a_journal_in_use() {
    let server = server();
    let files = Files::new("in-use", ROWS);
    let journal = std::fs::File::create(files.journal()).expect("a file");
    fs4::FileExt::try_lock(&journal).expect("nobody else has it");
    let output = files.run(&server, &[]);
    assert_eq!(output.status, 1);
    assert!(
        output.stderr.contains("another import is using"),
        "{output:?}"
    );
    assert_eq!(server.requests(), 0);
}
