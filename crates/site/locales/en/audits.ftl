# Audits: walking from place to place, what differs, the report.

staff-reason-audit = Comparing what is inside, in an audit
staff-audits = Audits
staff-audits-lead = Walk from door to door and shelf to shelf with a phone, and say what lies there. What differs is in a signed report.
staff-audits-live = Under way
staff-audits-begin = Begin a walk over
staff-audit-again = { $what } again
staff-audit-walked = Walked today at { $when } by { $who }
staff-audit-walked-in-part = { $n } of { $all } places walked today, the last at { $when } by { $who }
staff-audit-walked-going-on = Walked today at { $when } by { $who }, in audit { $audit }, which goes on
staff-audit-being-walked = Audit { $audit } is under way here
staff-audits-past = Past audits
staff-audits-none-title = No audit yet
staff-audits-none = Its report will be here, for as long as the ledger is kept.
staff-audit = Audit
staff-audit-n = Audit { $n }
staff-audit-everything = Everything
staff-audit-desk = What staff have accepted
staff-audit-shelves = Shelves { $shelves }
staff-audit-progress = { $n } of { $all } places
staff-audit-paused = Paused
staff-audit-is-paused = This walk is paused. What was seen is kept.
staff-audit-go-on = Go on
staff-audit-pause = Pause
staff-audit-left-open = Locker { $door } is still open. Shut it before you open another.
staff-audit-looked = Somebody looked here. You can look again.
staff-audit-door-shut = The door is shut
staff-audit-door-opening = The door is opening
staff-audit-door-open = The door is open
staff-audit-door-shut-again = The door is shut again
staff-audit-open = Open { $door }
staff-audit-see = See whether it opened
staff-audit-scan = Scan or type a number
staff-audit-scan-hint = A tracking number, or the number of a parcel. Scan everything you see; then tap what you did not scan. The label of a shelf leads to it.
staff-audit-scan-add = Add
staff-audit-should-be-empty = Nothing should be here.
staff-audit-also = Seen here, recorded elsewhere
staff-audit-there = It is there
staff-audit-gone = It is not there
staff-audit-unknown = How many things nobody knows
staff-audit-done-here = Done here
staff-audit-skip = Pass over
staff-audit-next = Next place
staff-audit-drawn = Locker { $door } in its bank
staff-audit-shelf = Shelf { $shelf }
staff-audit-drawn-shelf = Shelf { $shelf } in its room
staff-audit-to-end = Differences and end ({ $n })
staff-audit-note-added = Added: it is there.
staff-audit-note-unknown = Nobody knows this number. It counts as unknown; take it in at the desk.
staff-audit-note-unread = That is no number of a parcel. Scan it again or tap what you see.
staff-audit-note-at-shelf = You are at this shelf.
staff-audit-note-unrecorded = Press "Done here" first, or what you said here is lost. Then scan the next shelf.
staff-audit-note-shelf-gone = That shelf is out of service. Take its label off.
staff-audit-note-shelf-not-walked = That shelf is no place of this audit.
staff-audit-note-unanswered = Say of each parcel whether it is there.
staff-audit-skipped-in_use = Passed over: somebody is at it, or a parcel is on its way there
staff-audit-skipped-board_silent = Passed over: its lock board does not answer
staff-audit-skipped-being_tested = Passed over: the wiring of its bank is being tested
staff-audit-skipped-no_lock = Passed over: no lock is known for it
staff-audit-skipped-did_not_open = Passed over: its door did not open
staff-audit-skipped-staff = Passed over
staff-audit-end-lead = Say what becomes of each difference, then end the audit. Nothing happens by itself.
staff-audit-no-difference = Nothing differs.
staff-audit-all-settled = Each difference has a word. The audit can be ended.
staff-audit-absent = { $parcel } should be at { $place } and was not seen
staff-audit-astray = { $parcel } was seen at { $place }; it is recorded elsewhere: { $recorded }
staff-audit-do-missing = It is missing
staff-audit-do-moved = It stays where it was seen
staff-audit-do-taken = I take it along
staff-audit-do-put_back = I carried it back
staff-audit-do-left = Leave it for now
staff-audit-look-again = Look again
staff-audit-settled = Settled
staff-audit-settled-missing = missing
staff-audit-settled-moved = recorded where it was seen
staff-audit-settled-taken = taken along by staff
staff-audit-settled-put_back = carried back
staff-audit-settled-left = left as it was
staff-audit-settled-meanwhile = changed hands while the walk went on
staff-audit-settled-nothing = nobody said
staff-audit-unknown-title = Things nobody knows
staff-audit-things = things nobody knows: { $n }
staff-audit-unknown-do = Take them in at the desk, so that their people are told.
staff-audit-not-looked = Not looked at
staff-audit-nobody-there = nobody looked
staff-audit-end = End the audit
staff-audit-abandon = Give it up
staff-audit-abandon-ask = The report keeps what was seen, and nothing else comes of it.
staff-audit-finished = Ended
staff-audit-abandoned = Given up
staff-audit-lapsed = Ended by itself
staff-audit-goes-on = goes on
staff-audit-report = Report
staff-audit-differences = Differences
staff-audit-notes = Notes
staff-audit-get = Download the signed report
staff-audit-signature = Signature: ______________________________
staff-audit-fact-over = Over
staff-audit-fact-began = Began
staff-audit-fact-ended = Ended
staff-audit-fact-walkers = Who looked
staff-audit-fact-looked = Looked at
staff-audit-fact-seen = Parcels seen
staff-audit-fact-count = Differences
staff-audit-head-parcel = Parcel
staff-audit-head-what = What
staff-audit-head-place = Place
staff-audit-head-outcome = What became of it
staff-audit-was-absent = not seen
staff-audit-was-astray = seen, recorded elsewhere

staff-task-audit-left = An audit was left lying
staff-task-audit-left-detail = Nobody went on with audit { $n }, so it ended. Its report says what was found until then.
staff-task-audit-left-do = See the report
staff-task-short-audit-left = an audit that was left lying

event-audit-began = audit { $n } began over { $places } places
event-audit-door-opens = { $door } is opened in audit { $n }
event-audit-looked = { $place } was looked at: there { $here }, not there { $absent }, recorded elsewhere { $astray }, unknown { $unknown }
event-audit-skipped = { $place } was passed over: { $why ->
    [in_use] it was in use
    [board_silent] its lock board did not answer
    [being_tested] its bank was being tested
    [no_lock] no lock is known for it
    [did_not_open] its door did not open
   *[staff] whoever walked went on
  }
event-audit-paused = audit { $n } { $paused ->
    [yes] was paused
   *[no] went on
  }
event-audit-settled = { $parcel } at { $place }: { $how ->
    [missing] it is missing
    [moved] it is recorded where it was seen
    [taken] staff took it along
    [put_back] it was carried back
   *[left] left as it was
  }
event-audit-ended = audit { $n } { $how ->
    [finished] ended
    [abandoned] was given up
   *[lapsed] ended by itself
  }

refusal-audit-over = This audit is over. Its report is in the list of audits.
refusal-audit-paused = This audit is paused. Go on with it first.
refusal-audit-under-way = An audit goes over one of these places already. Go on with that one, or end it.
refusal-audit-unsettled = { $parcels ->
    [one] One parcel differs and nobody said what becomes of it.
   *[other] { $parcels } parcels differ and nobody said what becomes of them.
  }
refusal-no-difference = Nothing differs of this parcel any more. Look at the list again.
