//! What happens at doors one walks through: the part of [`super::Event`]'s list that is about access points, entries, passes, rings.
//!
//! The list of an enum cannot be put together from two files; this one hands on what it is given with its own behind it.

macro_rules! with_doors {
    ($($other:tt)*) => { super::event::kinds::events! {
        $($other)*

            /// An access point.
            "access-point-installed" AccessPointInstalled {
                /// Which.
                point: AccessPointId,
                /// What it is and where it leads.
                spec: Box<PointSpec>,
            },
            /// An access point is or leads elsewhere.
            "access-point-changed" AccessPointChanged {
                /// Which.
                point: AccessPointId,
                /// What it is now.
                spec: Box<PointSpec>,
            },
            /// An access point is no more: no code opens it, and no kiosk stands at it.
            "access-point-removed" AccessPointRemoved {
                /// Which.
                point: AccessPointId,
                /// By whom.
                by: Actor,
            },
            /// How a door stands.
            "door-mode-set" DoorModeSet {
                /// Which.
                point: AccessPointId,
                /// How.
                mode: DoorMode,
                /// The hours of a scheduled door.
                hours: Vec<WeekWindow>,
                /// By whom.
                by: Actor,
            },
            /// A door has its own night, or the site's again.
            "door-night-set" DoorNightSet {
                /// Which.
                point: AccessPointId,
                /// Its own; None: the site's.
                #[serde(default)]
                night: Option<DoorNight>,
                /// By whom.
                by: Actor,
            },
            /// A new reader is let in at a door, to be given its own key.
            "reader-awaited" ReaderAwaited {
                /// Where.
                point: AccessPointId,
                /// By whom.
                by: Actor,
                /// Nobody is let in from then on.
                until: Timestamp,
            },
            /// The reader of a door has been given its own key.
            "reader-key-set" ReaderKeySet {
                /// Where.
                point: AccessPointId,
            },
            /// A door has a new label for phones; the one of before rings no more.
            "door-label-renewed" DoorLabelRenewed {
                /// Which.
                point: AccessPointId,
                /// By whom.
                by: Actor,
            },
            /// The days on which no schedule opens a door.
            "holidays-set" HolidaysSet {
                /// All of them.
                days: Vec<Date>,
            },
            /// What the site chooses for all its doors.
            "door-policy-set" DoorPolicySet {
                /// The new policy.
                policy: Box<DoorPolicy>,
            },
            /// The doors a kiosk stands at.
            "kiosk-doors-set" KioskDoorsSet {
                /// Which kiosk.
                kiosk: KioskId,
                /// The doors.
                doors: Vec<AccessPointId>,
            },
            /// A single-use pass for doors.
            "pass-issued" PassIssued {
                /// Which.
                credential: CredentialId,
                /// Visitor or delivery.
                pass: PassKind,
                /// The unit it is for, if one.
                unit: Option<UnitId>,
                /// The first three digits.
                selector: KeypadNumber,
                /// Keyed hash of the digits.
                digits: CodeHash,
                /// Keyed hash of the token.
                token: CodeHash,
                /// When it holds.
                windows: Vec<WeekWindow>,
                /// Until when.
                expires: Timestamp,
                /// The doors.
                doors: Vec<DoorGrant>,
            },
            /// A pass has let its holder in at one of its doors and opens the others for some time.
            "pass-spent" PassSpent {
                /// Which.
                credential: CredentialId,
                /// The door it has opened and opens no more.
                point: AccessPointId,
                /// The entry it was for.
                entry: EntryId,
                /// When it ends for all its doors.
                until: Timestamp,
            },
            /// A pass has let its holder in at the last of its doors, or was ended.
            "pass-ended" PassEnded {
                /// Which.
                credential: CredentialId,
                /// The entry it was for; None: it was ended.
                entry: Option<EntryId>,
            },
            /// Wrong digits were typed at a door.
            "door-code-missed" DoorCodeMissed {
                /// Where.
                point: AccessPointId,
                /// For what.
                purpose: Purpose,
                /// Whose code it claimed to be.
                selector: KeypadNumber,
            },
            /// The keypad of a door pauses.
            "door-paused" DoorPaused {
                /// Where.
                point: AccessPointId,
                /// For what.
                purpose: Purpose,
                /// Until when.
                until: Timestamp,
            },
            /// Somebody may come in. The device may release the door for this once.
            "entry-began" EntryBegan {
                /// Which.
                entry: EntryId,
                /// Through which door.
                point: AccessPointId,
                /// Who, as numbers.
                entrant: Entrant,
                /// Who caused it.
                by: Actor,
                /// The release; None: the door stood open.
                release: Option<Release>,
            },
            /// Somebody was not let in.
            "entry-denied" EntryDenied {
                /// Where.
                point: AccessPointId,
                /// Why: the code of the refusal.
                why: String,
                /// What they showed, if it is known.
                credential: Option<CredentialId>,
            },
            /// What became of a release.
            "entry-released" EntryReleased {
                /// Of which entry.
                entry: EntryId,
                /// What became of it.
                outcome: ReleaseOutcome,
            },
            /// Nobody knows whether the door was released.
            "entry-unknown" EntryUnknown {
                /// Which.
                entry: EntryId,
            },
            /// Who came in is at work at a kiosk.
            "entry-joined" EntryJoined {
                /// Which.
                entry: EntryId,
                /// The visit.
                visit: VisitId,
            },
            /// Who came in has left and put nothing anywhere; they may bring a second load.
            "deposit-awaited" DepositAwaited {
                /// Of which entry.
                entry: EntryId,
                /// It is not judged before.
                until: Timestamp,
            },
            /// Something about an entry is not as it should be.
            "entry-suspected" EntrySuspected {
                /// Which.
                entry: EntryId,
                /// What.
                what: Suspicion,
                /// The parcel that was not found afterwards, where it is about one.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                parcel: Option<ParcelId>,
            },
            /// An entry is over.
            "entry-ended" EntryEnded {
                /// Which.
                entry: EntryId,
                /// How.
                how: EntryEnd,
            },
            /// A door opened.
            "passage-opened" PassageOpened {
                /// Which.
                point: AccessPointId,
                /// What explains it.
                why: OpenedBy,
                /// From then on it is held open.
                held_at: Timestamp,
            },
            /// A door closed.
            "passage-closed" PassageClosed {
                /// Which.
                point: AccessPointId,
            },
            /// The contact of a door cannot be read.
            "passage-unreadable" PassageUnreadable {
                /// Whose.
                point: AccessPointId,
            },
            /// A door is read again, and stands open as it did when it was read last.
            "passage-still-open" PassageStillOpen {
                /// Which.
                point: AccessPointId,
            },
            /// A request to exit that was read just after a door opened explains that it did.
            "passage-explained" PassageExplained {
                /// Which.
                point: AccessPointId,
            },
            /// A door opened and nothing explains it.
            "passage-forced" PassageForced {
                /// Which.
                point: AccessPointId,
            },
            /// A door has been open for too long.
            "passage-held-open" PassageHeldOpen {
                /// Which.
                point: AccessPointId,
            },
            /// Stills of a room were asked for while somebody was inside.
            "room-watched" RoomWatched {
                /// The door that leads there.
                point: AccessPointId,
                /// Who was inside.
                entries: Vec<EntryId>,
            },
            /// Somebody inside asked to be let out.
            "exit-requested" ExitRequested {
                /// Where.
                point: AccessPointId,
            },
            /// The controller of a door answers, or does not.
            "door-answers" DoorAnswers {
                /// Whose.
                point: AccessPointId,
                /// Whether it does.
                answers: bool,
            },
            /// The case of a door's device was opened or shut.
            "door-tampered" DoorTampered {
                /// Whose.
                point: AccessPointId,
                /// Whether it is so now.
                tampered: bool,
            },
            /// Somebody without a code asks to be let in.
            "ring-began" RingBegan {
                /// Which.
                ring: RingId,
                /// At which door.
                point: AccessPointId,
                /// To whom they come; None: to the desk.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                unit: Option<UnitId>,
                /// On which bell.
                #[serde(default, skip_serializing_if = "Bell::is_at_door")]
                bell: Bell,
                /// Who was asked, each with the keyed hash of their link.
                asked: Vec<(PersonId, CodeHash)>,
                /// No answer counts later than this.
                until: Timestamp,
            },
            /// Somebody answered.
            "ring-answered" RingAnswered {
                /// Which.
                ring: RingId,
                /// Yes or no.
                let_in: bool,
                /// Who.
                by: Actor,
            },
            /// Nobody answered in time.
            "ring-lapsed" RingLapsed {
                /// Which.
                ring: RingId,
            },
    } };
}

pub(super) use with_doors;
