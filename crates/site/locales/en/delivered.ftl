# Carrier says delivered, nobody scanned: the pages of staff, the letter, the resident's page.

staff-claims-title = Carrier says delivered
staff-claims-lead = What carriers say they delivered, and whether anybody scanned it here.
staff-claims-scans = By carrier
staff-claims-add = Add tracking numbers
staff-claims-add-do = Look for them
staff-claims-numbers = Tracking numbers
staff-claims-numbers-hint = One a line, or with commas between them. Up to 50 at once.
staff-claims-by-number = As the number says
staff-claims-unit = Apartment, if it is known
staff-claims-day = Delivered on
staff-claims-hour = At
staff-claims-when-hint = Without a day it was just now. Up to 14 days back.
staff-claims-message = Add a carrier’s message
staff-claims-message-do = Find the numbers
staff-claims-text = Text of the message
staff-claims-text-hint = Paste all of it. Only tracking numbers are taken from it; the text is not kept.
staff-claims-file = Or the message as a file
staff-claims-message-when-hint = Without a day it was when the message was sent, if that stands in it.
staff-claims-on-its-way = This message says that a parcel is on its way, not that it was delivered. If it was delivered all the same, type its number into the form for numbers.
staff-claims-undated = This message does not say when it was sent. Its numbers stand in the form for numbers: say there when they were delivered, and send them.
staff-claims-noted = { $n ->
    [one] { $n } number is noted.
   *[other] { $n } numbers are noted.
 }
staff-claims-nothing-found = No tracking number was found. Type it into the form for numbers.
staff-claims-no-numbers = These are no tracking numbers: { $list }. Correct them and send them again.
staff-claims-more = Only the first { $n } numbers, or the first 128 KB of a text, are taken at once. Send the rest again.
staff-claims-show-overdue = Overdue
staff-claims-show-waiting = May still come
staff-claims-show-found = Found
staff-claims-show-explained = Not here
staff-claims-empty-title = Nothing here
staff-claims-empty-overdue = Everything carriers call delivered was scanned, or may still come.
staff-claims-empty-waiting = Nothing is waited for.
staff-claims-empty-found = Nothing was found yet.
staff-claims-empty-explained = Nothing was explained yet.
staff-claims-head-number = Tracking number
staff-claims-head-said = Delivered, as they say
staff-claims-n = Claim { $n }
staff-claims-source = Told by
staff-claims-name = Addressed to
staff-claims-by-staff = Staff
staff-claims-by-resident = Resident
staff-claims-by-mail = Carrier’s message
staff-claims-by-easy-post = EasyPost
staff-claims-by-shippo = Shippo
staff-claims-by-after-ship = AfterShip
staff-claims-is-waiting = May come until { $until }
staff-claims-is-due = Nobody scanned it
staff-claims-is-asked = Carrier asked, answer until { $until }
staff-claims-is-met = It came
staff-claims-is-found = Found
staff-claims-same-number = A parcel with this number was scanned here. It is for another apartment, or its courier took it back. Look at that parcel first.
staff-claims-here = If it is here
staff-claims-not-here = If it is not here
staff-claims-no-drops = No parcels without a scan wait to be sorted.
staff-claims-passed = Came in about then and scanned nothing:
staff-entry-unscanned = Nothing was scanned
staff-entry-unscanned-text = Whatever they left is nobody's yet. Look at the photos and find it: if its company says that it was delivered, take it in from there; if not, say here whose it is.
staff-claims-take-in = Take it in
staff-claims-left-then = It was left then: take it in
staff-adopt-title = Whose is it?
staff-adopt-as-written = As written below
staff-adopt-name-hint = If it can be read. Without an apartment, people of that name are offered.
staff-adopt-number-hint = If it can be read. Typed or scanned.
staff-adopt-put = Where it is now
staff-adopt-stays = It stays where it lies
staff-adopt-desk = At the desk
staff-adopt-shelf = Shelf { $shelf }
staff-adopt-do = It is theirs
staff-adopt-all-the-same = It is for this household all the same
staff-adopt-nobody = Write the apartment. Nobody here has the name on the label.
staff-said-adopted = It is theirs, and they have been told.
staff-claims-other-parcel = It is another parcel
staff-claims-parcel-number = Number of the parcel
staff-claims-this-is-it = Parcel { $n } is it
staff-claims-found-do = This is the one
staff-claims-not-here-text = The letter says what the carrier claims and what the site recorded that day. While you wait for the answer this is no task.
staff-claims-letter-do = Letter to the carrier
staff-claims-letter-again = Show the letter
staff-claims-explain = Say why it is not here
staff-claims-explain-do = Close it
staff-claims-why = Why
staff-claims-why-with-recipient = The recipient has it
staff-claims-why-another-address = Left at another address
staff-claims-why-corrected = The carrier takes it back
staff-claims-why-compensated = The carrier pays for it
staff-claims-why-other = Another reason
staff-claims-words = In your own words
staff-said-claim-found = It is found: this is the parcel.
staff-said-claim-explained = Closed: it is known why it is not here.

staff-scans-title = Entries and scans by carrier
staff-scans-lead = Who comes in, who scans, and what carriers call delivered.
staff-scans-days = { $n } days
staff-scans-entries = Entries by its codes
staff-scans-deposits = Scanned by its couriers
staff-scans-without = Here without their scan
staff-scans-without-hint = Without their scan are parcels put down in a pile, typed by hand, or taken in by staff.
staff-scans-claims = Called delivered
staff-scans-unscanned = Nobody scanned in time
staff-scans-empty-title = Nothing to compare
staff-scans-empty = In these days nobody came in by a code, and nothing was delivered.
staff-scans-hint = A courier who rings, or whose door is open by schedule, has no entry by a code.

staff-waits-title = How long is waited
staff-waits-brings = Hours for a carrier that brings what it delivers
staff-waits-hands-on = Hours for a carrier that hands on, or is not known
staff-waits-which = Hand parcels on to others and call that delivered
staff-waits-answer = Days for the answer to a letter
staff-waits-drops-shown = Days residents see parcels without a scan; 0: never
staff-waits-drops-shown-hint = On the page of their link, in their building, and only photos of cameras that never see people.
staff-waits-invalid = hours up to 72 and up to 336, and 1 to 90 days for the answer

staff-letter-subject = Parcel { $number }: called delivered, not received
staff-letter-to = To: { $carrier }, claims department
staff-letter-lead = You report that the parcel named below was delivered at this address. It was not handed to us, and it was not scanned into a locker, a shelf or the desk. On { $day } this is what our system recorded of { $carrier }:
staff-letter-number = Tracking number
staff-letter-said-at = Delivered, as you report
staff-letter-place = Address
staff-letter-entries = Entries by your codes that day
staff-letter-scanned = Parcels your couriers scanned that day
staff-letter-without = Parcels of yours found or taken in that day without a scan by your couriers
staff-letter-ledger = Every entry and every parcel is recorded in a signed ledger that cannot be changed afterwards. We can send you a signed extract.
staff-letter-ask = Please send us your proof of delivery with its place, time and photo, or find the parcel and bring it.
staff-letter-until = We ask for your answer by { $until }.
staff-letter-regards = Kind regards

staff-task-one-is-theirs = { $who } says that a parcel without a scan is theirs
staff-task-one-is-theirs-detail = { $unit }. Look at the label, then say whose it is.
staff-task-one-is-theirs-do = Look at it
staff-task-short-one-is-theirs = a parcel without a scan that somebody calls theirs
staff-drop-asked = { $who }, { $unit }, says that one of these is theirs.
staff-task-unscanned = A carrier says it delivered, nobody scanned it
staff-task-unscanned-detail = Look at parcels without a scan, at the desk and on the shelves. If it is not here, write to the carrier. (Claim { $n })
staff-task-unscanned-do = Look for it
staff-task-short-unscanned = a delivery nobody scanned
staff-task-feed-refused = { $feed }: messages are not signed with its secret
staff-task-feed-refused-detail = Five in a row were refused, so no delivery it tells of is known here. Compare the secret in the configuration with the one the provider shows.
staff-task-feed-refused-do = Look at it
staff-task-short-feed-refused = a tracking feed with another secret

device-group-feeds = Tracking feeds
device-head-feed = Feed
device-feed-heard = Last heard
device-feed-refused = Last refused
device-feed-is-heard = Is heard
device-feed-is-refused = Refused
device-feed-is-silent = Not heard since the start
device-feed-why-bad-signature = It was not signed with the secret of this feed.
device-feed-why-stale-message = It was sent more than a week ago, or its clock is wrong.
device-feed-why-unreadable = It could not be read.
device-feed-why-another-building = It told of a delivery at another address than the site’s.
device-feed-why-claim-too-old = It told of a delivery of more than two weeks ago.
device-feed-why-invalid = It told of a number or a time that cannot be right.

event-drop-asked-for = { $who } says that one of the parcels without a scan is theirs
event-delivery-claimed = { $carrier } is said to have delivered { $known ->
    [yes] for { $unit }
   *[no] a parcel
 } at { $at }
event-claim-met = what a carrier said it delivered came
event-claim-due = a carrier says it delivered, and nobody scanned it
event-claim-unmet = what a carrier said it delivered is looked for: { $why ->
    [taken_back] its courier took the parcel back
   *[another_unit] the parcel with its number went to another apartment
 }
event-claim-joined = { $unit } asks for what a carrier said it delivered
event-carrier-asked = the carrier was written to; an answer is waited for until { $until }
event-claim-ended = what a carrier said it delivered: { $how ->
    [found] it is this parcel
    [with_recipient] the recipient has it
    [another_address] it was left at another address
    [corrected] the carrier takes it back
    [compensated] the carrier pays for it
   *[other] it is not here
 }

link-unclaimed = Is one of these yours?
link-unclaimed-lead = Nobody knows yet whose these parcels are.
link-unclaimed-photo = Parcels put down without a scan
link-unclaimed-do = One of them is mine
link-unclaimed-title = Staff look at it
link-unclaimed-said = Staff read the label. You hear when it is yours.
link-missing = A carrier says delivered, and it is not here?
link-missing-number = Tracking number
link-missing-hint = From the carrier’s message. Staff look for it.
link-missing-do = Look for it
link-missing-title = We look for it
link-missing-said = If nobody scans it in the next hours, staff look for it. You hear when it is found.
link-missing-back = Back

refusal-another-building = This was delivered at another address, as the carrier says.
refusal-claim-too-old = This is said to have been delivered more than two weeks ago. Ask the carrier.
refusal-claims-enough = You asked after ten parcels today. Please ask staff.
refusal-claim-over = This is settled: it came, was found, or it is known why it is not here.
refusal-another-number = This parcel came under another number: it is not the one that is looked for.
trouble-bad-signature-title = Not signed
trouble-bad-signature = This message is not signed with the secret of this feed.
trouble-stale-message-title = Too old
trouble-stale-message = This message was sent more than a week ago, or its clock is wrong.

staff-incident-title = Incident
staff-incident-lead = All that is recorded of a parcel, an entry or a time, with a signed file to hand on.
staff-incident-events = { $n ->
    [one] { $n } event in the ledger
   *[other] { $n } events in the ledger
 }
staff-incident-pack = Download the signed file
staff-incident-entry = Number of the entry
staff-incident-hint = A moment is a day such as 2026-11-28 or 2026-11-28T14:00. A time alone shows all that happened in it.
staff-incident-more = The first { $n } are shown. The signed file has all of them.
staff-country = The site is in
staff-country-us = The United States, or where the same is usual: photos with people in view are kept { $kept }
staff-country-eu = A country of the European Union: { $kept }
staff-country-de = Germany: { $kept }
staff-country-own = { $kept }, as a program set it
