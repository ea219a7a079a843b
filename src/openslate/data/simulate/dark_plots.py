"""What happens in invented dramas, thrillers, crime, science fiction, horror, history and mysteries."""

from openslate.data.simulate.plots import Plot, read_plot

DARK_PLOTS: dict[str, Plot] = {
    "Drama": read_plot(
        """a widowed ferry captain|a piano tuner|a school caretaker|a hospice nurse|a translator of love letters
        |a retired boxer|a beekeeper|the driver of the last night bus|a shipwright without ships|a judge on leave""",
        """{full}, {role}, comes home to {place} for a funeral and stays for the summer.
        |For eleven years {full}, {role}, has kept one promise and one secret in {place}.
        |When the mill in {place} closes, {full} is the last to leave and the first to be blamed.
        |{full} is {role} in {place}, content with a small life until {other} moves in next door.
        |{full}, {role}, inherits half a house in {place}; the other half belongs to {other}.
        |{full}, {role}, has not spoken to {other} since the night the barn burned in {place}.
        |The house in {place} must be sold by Sunday, and {full}, {role}, has found a room nobody remembers.
        |At sixty-one {full}, {role}, enrols at the evening school of {place} to learn to read.""",
        """A letter meant for somebody else sends {them} looking for the one friend {they} never forgave.
        |{other} offers a way out, at the price of the only thing {lead} has never been willing to sell.
        |As the days shorten, an old quarrel over a strip of land becomes a quarrel about everything else.
        |Then {other} returns with a child who has {their} eyes, and the village starts to count backwards.
        |A doctor's careful sentence leaves {them} one season to put a complicated life in order.
        |What begins as a favour for {other} slowly undoes every rule {they} lives by.
        |Over one long weekend three generations say what the family has agreed not to mention.
        |{lead} could forgive {other} everything, if only {other} would ask.""",
        """A tender portrait of people who say the important things too late.
        |Some houses can only be left by the front door.
        |Nobody here is a villain, and that is the trouble.
        |Told over four seasons, with more silence than speech.""",
    ),
    "Thriller": read_plot(
        """a court stenographer|a border pilot|a hotel telephonist|a crash investigator|a locksmith in hiding
        |an interpreter at the peace talks|a night-shift radiologist|a harbour customs officer|a former courier
        |an insurance assessor""",
        """{full}, {role}, wakes on a train to {place} with a stranger's passport and nineteen minutes to the border.
        |A wrong number tells {full}, {role}, the hour at which somebody in {place} is going to die.
        |{full}, {role}, is the only passenger who remembers the flight to {place}.
        |On {their} last shift in {place}, {full}, {role}, sees a face on the cameras that was buried a year ago.
        |For three days {full}, {role}, has been followed through {place} by a car without plates.
        |The tower block in {place} has eleven floors; {full}, {role}, has just been called to the twelfth.
        |{full}, {role}, finds {their} own name on a list of people who vanished from {place}.
        |A ferry leaves {place} with one passenger too many, and {full}, {role}, knows which.""",
        """The police have a file with {their} picture in it, dated next week.
        |Then {other}, the one ally {they} has left, asks a question only the enemy could know to ask.
        |Every exit has been thought of by somebody who knows how {they} thinks.
        |{other} will trade the truth for a name, and {lead} no longer knows whose name to give.
        |The evidence fits in a coat pocket, and half the city wants the coat.
        |Somebody has rehearsed this night, down to the weather.
        |{other} says to run; the voice on the telephone says {other} is lying.""",
        """Trust is a luxury, and the clock is not.
        |The nearest way out is through the people who built the trap.
        |By morning one of them will have to be the liar.
        |A cold, exact thriller that never raises its voice.""",
    ),
    "Crime": read_plot(
        """a detective three weeks from retirement|a forensic accountant|a disbarred lawyer|a getaway driver
        |a harbour-police diver|a parole officer|a small-town coroner|a safe-cracker with a tremor|an undercover baker
        |a prosecutor from the provinces""",
        """When a body is found in the drained canal of {place}, {full}, {role}, recognises the coat.
        |{full}, {role}, is offered one last job in {place}: the weighhouse, on the night of the regatta.
        |{full} is {role} in {place}, where everybody owes the {family2} brothers something.
        |Six months after the robbery in {place}, the money is still missing, and {full}, {role}, is still looking.
        |{full}, {role}, returns to {place} to reopen the case that ended {their} career.
        |Somebody is robbing the funeral parlours of {place}, and {full}, {role}, would rather not know why.
        |{full}, {role}, has one night to move nine crates through {place} without meeting the law.
        |A confession arrives in {place} by post, and {full}, {role}, is the only one who does not believe it.""",
        """The only witness is {other}, and {other} has been dead wrong before.
        |Each answer leads a step closer to {their} own front door.
        |{other} knows where the ledger is buried, and what it will cost to dig it up.
        |The crew is perfect, the plan is simple, and somebody has already talked.
        |As the winter closes the roads, hunter and hunted find they are stuck in the same hotel.
        |{other} keeps the books, the secrets and a boat with a full tank.
        |By Friday there will be a verdict, and by Saturday, with luck, some evidence.""",
        """In this town the law is a matter of who is asking.
        |Everyone has a price; most have already been paid.
        |A slow-burning case with rain in its bones.
        |The truth comes out at low water.""",
    ),
    "Science fiction": read_plot(
        """a salvage pilot|a memory archivist|the last cartographer of the colonies|a terraforming engineer
        |a linguist for hire|a clone on probation|the caretaker of a sleeping ship|a weather programmer
        |an orbital paramedic|a repairer of obsolete androids""",
        """Four hundred days from home, {full}, {role}, receives a distress call in {their} own voice.
        |On {place} Station the machines have begun to dream, and {full}, {role}, is sent to find out of what.
        |{full}, {role}, sells unused memories in the flooded city of {place}.
        |When the sky over the colony of {place} stops turning, {full}, {role}, is the only one who noticed it before.
        |{full}, {role}, is woken on a ship that should have reached {place} sixty years ago.
        |The last elevator to {place} leaves at dawn, and {full}, {role}, holds a ticket in a dead name.
        |{full}, {role}, answers an advertisement for a second body, slightly used, in {place}.
        |In {place} it has rained for a hundred and ten years; today, for {full}, {role}, it stops.""",
        """The signal is a map, and {other} has already followed it once.
        |To get everyone home, {they} must persuade a mind the size of a moon that it is not alone.
        |Each jump costs a year of somebody's past, and {other} has only a childhood left to spend.
        |Somewhere among the nine hundred sleepers is one who was never human.
        |Then {other} wakes early, and remembers an ending nobody else has reached yet.
        |{other} has the code to shut it down, and has begun to feel sorry for it.
        |By the rules of the colony one of the two copies must be gone by morning.""",
        """An elegant puzzle about what is left when everything can be copied.
        |The future is quiet, and it is listening.
        |Big ideas, small rooms, and a great deal of dark outside.
        |It is a long way down, in every direction.""",
    ),
    "Horror": read_plot(
        """a taxidermist|a young curate|an estate agent|a sleep researcher|a foster parent|a gravedigger's assistant
        |a puppet restorer|a sound recordist|a night nurse|a geologist""",
        """{full}, {role}, buys the house in {place} that nobody else would view after dark.
        |Every child in {place} has drawn the same face, and {full}, {role}, has seen it before.
        |The well in {place} was sealed for a reason, and {full}, {role}, has just opened it.
        |{full}, {role}, is invited to {place} for the harvest; there are eleven guests and twelve places laid.
        |Since the burial, {full}, {role}, has heard somebody humming in the walls of the rectory at {place}.
        |The fair comes to {place} in the wrong month, and {full}, {role}, is given a free ticket.
        |{full}, {role}, records the silence in the caves under {place}, and plays it back.
        |The mirror {full}, {role}, brings home from {place} is a little slow.""",
        """At night the stairs have one step more than by day.
        |{other} says it only takes what it is offered, and then {other} offers something.
        |What crawls out is patient, well-mannered, and wears the voice of someone {they} loved.
        |One by one the neighbours stop blinking.
        |By the third night {other} will not leave the cellar, and does not seem hungry any more.
        |Then {other} finds the guest book, and every entry is in the same hand.
        |It has been polite so far.""",
        """Keep the lights on; it prefers you to see.
        |Some lullabies are instructions.
        |A slow, wet, beautifully lit nightmare.
        |Whatever it is, it learned to knock.""",
    ),
    "History": read_plot(
        """a court painter|a printer in hiding|the youngest envoy of a dying king|a deserter|a hermit with an army
        |a royal food-taster|a weaver turned general|a cartographer to the enemy|a surgeon of the fleet
        |a tutor at the winter palace""",
        """In the third year of the siege of {place}, {full}, {role}, is sent across the lines with an impossible offer.
        |{full}, {role}, arrives at the court of {place} with a forged letter and one good dress.
        |When the salt tax comes to {place}, {full}, {role}, refuses to pay, and by spring there are thousands.
        |On the eve of the coronation in {place}, {full}, {role}, learns whose child the heir is.
        |The bridge at {place} must hold for nine days, and {full}, {role}, has eighty men to hold it.
        |{full}, {role}, carries the peace from {place} in a hollow book, across a country that wants war.
        |In the year of two emperors, {full}, {role}, must swear to both in {place}.
        |The plague ship lies off {place}, and {full}, {role}, is the only one who will row out to it.""",
        """{other}, who commands the other side, was once the dearest friend {they} had.
        |Between the chapel and the powder store, a quiet war of letters decides more than the cannons.
        |To save the city {they} must ruin the {family2} family, and {other} is a {family2}.
        |Then the regent dies in the night, and every servant in the palace becomes a witness.
        |A single pamphlet, printed by candlelight with {other}, sets two provinces on fire.
        |Every copy of the order has been burned but one, and {other} has sewn it into a coat.
        |In the shadow of the scaffold, {other} makes an offer that no honest subject could hear.""",
        """Candlelight, cold feet and the long shadow of power.
        |History remembers the victory; this is what it cost.
        |A sweeping chronicle of silk, mud and nerve.
        |Empires fall slowly, and then in an afternoon.""",
    ),
    "Mystery": read_plot(
        """a retired clockmaker|a crossword setter|a railway detective|a botanist with a weakness for poisons
        |a parish organist|the newest guest at the hotel|a blind antiquarian|a sceptical medium
        |a tutor of dead languages
        |a detective who faints at blood""",
        """Twelve guests sit down to dinner in {place}; when the lamps come back, {full}, {role}, counts thirteen.
        |{full}, {role}, receives a photograph of a murder in {place} that has not happened yet.
        |Every clock in {place} has stopped at the same minute, and {full}, {role}, is asked to find out why.
        |A portrait vanishes from a locked room in {place}, and {full}, {role}, is the only one without an alibi.
        |On the sleeper train to {place}, {full}, {role}, finds a glove, a ticket and no passenger.
        |A will is read in {place}, and {full}, {role}, is left a single chess piece and a warning.
        |The lighthouse of {place} went dark for nine minutes; {full}, {role}, wants to know who was on the stairs.
        |{full}, {role}, is hired to find a missing heir in {place}, and finds three.""",
        """The answer lies in a chess game that {other} has been playing by post for thirty years.
        |Everyone has lied about the umbrella; only {other} has lied about the rain.
        |Then the anonymous letters begin, in {their} own handwriting.
        |Seven people had a reason, six had a key, and {other} had both.
        |Before the fog lifts somebody at the table will confess to the wrong crime.
        |The butler is a doctor, the doctor is an actor, and {other} is nobody at all.
        |It takes a barometer, a cake and a very old map to see what {other} has been hiding.""",
        """A fair-play puzzle with every clue in plain sight.
        |The solution is elegant, and a little unkind.
        |Do not trust the gardener; do not trust the garden.
        |Best enjoyed with tea, and with the doors locked.""",
    ),
}
