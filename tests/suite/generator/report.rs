//! The table of a judgement: by kind, by trap, and which choices go with failures.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::judge::{Judgement, Verdict, pairs};

/// Counts of the whole.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Records and traps as they should be.
    pub right: usize,
    /// Told at their own cell.
    pub flagged: usize,
    /// Silently wrong.
    pub silent: usize,
    /// Lost without a finding.
    pub lost: usize,
    /// Errors where nothing is wrong.
    pub alarms: usize,
    /// Records without a trap that are right.
    pub plain_right: usize,
    /// Records without a trap.
    pub plain: usize,
}

impl Counts {
    fn add(&mut self, judgement: &Judgement) {
        match judgement.verdict {
            Verdict::Right => self.right += 1,
            Verdict::Flagged => self.flagged += 1,
            Verdict::Silent => self.silent += 1,
            Verdict::Lost => self.lost += 1,
            Verdict::FalseAlarm => self.alarms += 1,
        }
        if !judgement.trapped && judgement.verdict != Verdict::FalseAlarm {
            self.plain += 1;
            self.plain_right += usize::from(judgement.verdict == Verdict::Right);
        }
    }

    /// Share of the untrapped records that are right, in percent.
    pub fn right_percent(&self) -> f64 {
        100.0 * self.plain_right as f64 / self.plain.max(1) as f64
    }
}

/// The judgements of all seeds.
#[derive(Default)]
pub struct Report {
    /// By seed.
    pub judgements: Vec<(u64, Judgement)>,
    /// Warnings where nothing was planted, by code.
    pub noise: BTreeMap<String, usize>,
}

impl Report {
    /// The counts of everything.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.judgements.iter().for_each(|(_, judgement)| counts.add(judgement));
        counts
    }

    /// The tables and every failure.
    pub fn text(&self) -> String {
        let mut kinds: BTreeMap<&str, Counts> = BTreeMap::new();
        let mut choices: BTreeMap<(String, String), Counts> = BTreeMap::new();
        for (_, judgement) in &self.judgements {
            kinds.entry(&judgement.kind).or_default().add(judgement);
            for pair in pairs(&judgement.choices) {
                choices.entry(pair).or_default().add(judgement);
            }
        }
        let mut out = String::new();
        for (seed, judgement) in &self.judgements {
            let flagged = judgement.verdict == Verdict::Flagged && !judgement.trapped;
            if flagged || judgement.verdict > Verdict::Flagged {
                let _ = writeln!(out, "seed {seed} {:?} {} {}", judgement.verdict, judgement.kind, judgement.words);
            }
        }
        let _ =
            writeln!(out, "\n{:<46} {:>6} {:>7} {:>7} {:>5} {:>7}", "", "right", "flagged", "silent", "lost", "alarms");
        for (kind, counts) in &kinds {
            line(&mut out, kind, counts);
        }
        line(&mut out, "ALL", &self.counts());
        let _ = writeln!(out, "\nchoices that go with failures:");
        let bad = |counts: &Counts| (counts.plain - counts.plain_right + counts.alarms) as f64;
        let mut rows: Vec<_> = choices.iter().filter(|(_, counts)| bad(counts) > 0.0).collect();
        rows.sort_by(|a, b| {
            let rate = |counts: &Counts| bad(counts) / counts.plain.max(1) as f64;
            rate(b.1).total_cmp(&rate(a.1))
        });
        for ((name, value), counts) in rows.iter().take(40) {
            line(&mut out, &format!("{name} = {value}"), counts);
        }
        let _ = writeln!(out, "\nwarnings where nothing was planted: {:?}", self.noise);
        let _ = writeln!(out, "\nright without traps: {:.3} %", self.counts().right_percent());
        out
    }
}

fn line(out: &mut String, name: &str, counts: &Counts) {
    let name: String = name.chars().take(46).collect();
    let _ = writeln!(
        out,
        "{name:<46} {:>6} {:>7} {:>7} {:>5} {:>7}",
        counts.right, counts.flagged, counts.silent, counts.lost, counts.alarms
    );
}
