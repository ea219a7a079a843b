"""What happens in invented comedies, romances, fantasies, adventures, documentaries, family and music titles."""

from openslate.data.simulate.plots import Plot, read_plot

LIGHT_PLOTS: dict[str, Plot] = {
    "Comedy": read_plot(
        """a wedding caterer|an overqualified lifeguard|a failed magician|the world's least patient yoga teacher
        |a tax inspector|a part-time weather presenter|the manager of a mini-golf course|a driving examiner
        |a professional apologiser|a cheese importer""",
        """{full}, {role}, has told exactly one lie in {their} life, and today all of {place} believes it.
        |After a very public dismissal, {full}, {role}, moves back to {place} and into {their} old bunk bed.
        |{full} is {role} in {place}, and the worst one anybody can remember.
        |When {full}, {role}, accidentally wins the mayoral election in {place}, nobody is more upset than {they} is.
        |{full}, {role}, agrees to look after a neighbour's goat for a weekend in {place}.
        |{full}, {role}, inherits a bowling alley in {place}, and with it a league of very sore losers.
        |To impress the in-laws, {full}, {role}, claims to own the castle above {place}.
        |{full}, {role}, and {other} have hated each other for years; now they are the only tenants left in {place}.""",
        """Unfortunately {other} knows the truth, and {other} wants a job.
        |Three weddings, one stolen caravan and a misunderstanding with the coastguard later, the plan needs a new plan.
        |The only person who can help is {other}, who has not spoken to {them} since the trombone incident.
        |To pay it all back, {they} has one week, no talent and the loyal support of the wrong people.
        |{other} arrives with two suitcases, a parrot and a very different memory of that night.
        |It might still work, were it not for the swan.
        |Somewhere between the speeches and the fire brigade, {other} starts telling the truth.""",
        """A comedy about family, debt and the right way to fold a fitted sheet.
        |It gets worse, and then there is dancing.
        |Nobody learns anything, but everybody gets cake.
        |Proof that the truth will come out, usually at a buffet.""",
    ),
    "Romance": read_plot(
        """a cellist|a pastry chef|a lighthouse painter|a wedding photographer|a botanist|a rural vet|a radio presenter
        |a bookbinder|a swimming instructor|a train announcer""",
        """{full}, {role}, has missed the last ferry from {place}; so has {other}, who is late for a wedding.
        |Every June {full}, {role}, returns to {place} and pretends not to look for {other}.
        |{full}, {role}, writes other people's love letters in {place}, and is very good at it.
        |{full} is {role} in {place} and has sworn off love, again, until {other} asks for directions.
        |A mix-up over a holiday cottage in {place} leaves {full}, {role}, sharing a kitchen with {other}.
        |{full}, {role}, and {other} share a night train to {place} and agree never to exchange names.
        |For a newspaper column {full}, {role}, must go on thirty dates in {place}; the first is with {other}.
        |Twenty years after the summer in {place}, {full}, {role}, opens the door, and there stands {other}.""",
        """They agree on nothing except the weather, and the weather is about to change.
        |Then a job on the other side of the world arrives with the second post.
        |One of them is engaged, one of them is leaving, and neither has said so yet.
        |Between burnt bread, bad dancing and a power cut, a summer's truce becomes something else.
        |But {other} has read the letter that was never meant to be sent.
        |The town has a bet on it, and the town is losing patience.
        |What neither of them knows is who has been sending the flowers.""",
        """Warm, wry and a little salty.
        |A love story that keeps missing its own train.
        |Some people are worth learning to dance for.
        |For everyone who has ever turned around at the gate.""",
    ),
    "Fantasy": read_plot(
        """a hedge witch|a bellfounder's apprentice|an oath-breaker|the keeper of a very old dragon
        |an heir without a crown
        |a mapmaker whose maps come true|a thief of small spells|a giant's godchild|the last river warden
        |a scribe in the house of ravens""",
        """In the walled town of {place}, where names are spent like coins, {full}, {role}, has only one left.
        |When the bells of {place} ring without hands, {full}, {role}, is blamed and banished into the wood.
        |{full}, {role}, makes a careless bargain at the ford of {place}, and winter comes to collect.
        |The king of {place} is dead, his shadow is not, and {full}, {role}, must teach it to rule.
        |{full} is {role} in {place}, the last city that still pays its debts to the sea.
        |Once in a hundred years the forest moves closer to {place}, and {full}, {role}, is sent to ask it why.
        |{full}, {role}, wins a kingdom at cards in {place}, with all its curses.
        |Nobody in {place} may say the name of the river; {full}, {role}, has just sung it.""",
        """With {other}, a wolf in everything but shape, {they} sets out to return a crown to the lake it came from.
        |But the magic {they} needs belongs to {other}, who gave it up for love and wants neither back.
        |Three houses claim the throne, and the throne has started to choose.
        |The road runs through the country of the dead, who are hospitable, and in no hurry.
        |Each spell must be paid for with a memory, and {other} has begun to forget which side is theirs.
        |{other} would help, but has been a heron since Tuesday.
        |What was stolen was only a song, but without it the sun will not find the valley.""",
        """A tale of thorns, honey and very old promises.
        |Every door in the tower opens once.
        |Here be dragons; they would like a word.
        |Made for long evenings and brave children of any age.""",
    ),
    "Adventure": read_plot(
        """a bush pilot|a disgraced mountaineer|a stowaway|a river guide|a treasure diver|a museum courier
        |a balloonist|a smuggler with principles|a pearl fisher|a glacier surveyor""",
        """A torn map and an unpaid bar bill send {full}, {role}, upriver from {place}.
        |{full}, {role}, has ten days to cross the salt desert to {place} before the rains do.
        |When {their} old rival finds the wreck off {place}, {full}, {role}, steals the only boat that is faster.
        |{full}, {role}, wakes at the foot of the pass above {place} with somebody else's compass.
        |Nobody has ever flown the strait at {place}, and {full}, {role}, is too broke to be careful.
        |{full}, {role}, bets the family boat on being first round the cape of {place}.
        |Under the dunes of {place} lies a railway, and {full}, {role}, has found the timetable.
        |{full}, {role}, must bring forty reindeer, or one elephant, to {place} before the thaw.""",
        """On {their} heels: a private army, a botanist called {other}, and the worst storm in forty years.
        |{other} knows the way, and is not telling which one.
        |The guide is lying, the mule is not, and the bridge was there last year.
        |Somewhere behind the falls lies a city that moves, and {other} has promised to bring it home.
        |Then the ice begins to speak, and the expedition splits in two.
        |{other} speaks nine languages and is wanted in all of them.
        |There are two keys to the vault; one is at the bottom of the lake, the other around the neck of {other}.""",
        """Old-fashioned adventure with sand in every pocket.
        |The treasure is real; so are the crocodiles.
        |Best seen on the largest screen in the house.
        |They went for gold and came back with a story.""",
    ),
    "Documentary": read_plot(
        """a river ecologist|a retired train driver|a baker|a bell-ringer|a marine biologist|a bridge inspector
        |a seed collector|a village doctor|a piano maker|an archivist""",
        """For one year the camera stays in {place} and follows {full}, {role}, through four kinds of weather.
        |{full}, {role}, has recorded every day in {place} since 1974; this is what the tapes say.
        |The last workshop of its kind stands in {place}, and {full}, {role}, has the key.
        |Each spring the water returns to {place}, and {full}, {role}, is there to measure it.
        |What does a town owe its river? {full}, {role}, takes the question from door to door in {place}.
        |Nobody ever asked who built {place}; {full}, {role}, has kept the wage books.
        |{full}, {role}, walks the length of the border near {place} with a microphone and a patient dog.
        |In {place} a whole street learned to make one thing well; {full}, {role}, is the last who can.""",
        """What starts as a portrait becomes an argument about who gets to stay.
        |With patience, humour and extraordinary close-ups, a small subject opens into a very large one.
        |Old reels, found in a barn by {other}, tell the other half of the story.
        |The numbers are worse than expected, and the people are better.
        |Then {other} finds a mistake in the maps, and the whole valley has an opinion.
        |The answer turns out to be in the soil, and in the court records.
        |Forty interviews later, {other} changes the story with a single photograph.""",
        """No narrator, no villains, and a great deal of mud.
        |You will never look at a loaf of bread in the same way.
        |Gentle, exact and unexpectedly funny.
        |Filmed over nine years by a crew of three.""",
    ),
    "Family": read_plot(
        """a very small inventor|the new pupil at school|a pupil who talks to pigeons|a dragon with hay fever
        |a lighthouse cat|a robot who is afraid of the dark|the youngest of nine|an apprentice pirate
        |a hedgehog with big plans|a retired circus acrobat""",
        """In the crooked town of {place}, {lead}, {role}, finds a door at the back of the bakery.
        |{lead}, {role}, has never left {place}, until the night the moon gets stuck in the tallest tree.
        |Everybody in {place} has lost something, and {lead}, {role}, has found all of it.
        |When the snow in {place} turns blue, {lead}, {role}, is the only one who knows why.
        |{lead}, {role}, has one week to build a flying machine and win the {place} Grand Prix.
        |{lead}, {role}, lives behind the clock in {place}, where it is always a quarter to something.
        |It is the coldest winter ever in {place}, and somebody has knitted a scarf for the river: {lead}, {role}.
        |{lead}, {role}, is going to be the first from {place} to sleep on a cloud.""",
        """Together with {other}, an otter of few words, {they} sets off to put things right before breakfast.
        |But grumpy old {other} wants it back, and the pancakes are getting cold.
        |It will take nine cousins, a tuba and a great deal of string.
        |The trouble is that {other} has made friends with the monster, and the monster is rather nice.
        |All it needs is courage, a map, and somebody who can ask a whale for directions.
        |Then a very polite bear called {other} asks whether this is the way to the opera.
        |Nobody told them about the goose.""",
        """A warm, silly story about being brave at your own size.
        |With songs, snow and a happy ending for the goose.
        |For little viewers, and those who read to them.
        |Nobody is too small to be in charge of a ladder.""",
    ),
    "Music": read_plot(
        """a backing singer|a choirmaster|a drummer losing the high notes|a street violinist|a wedding-band trumpeter
        |a forgotten crooner|a piano prodigy of fifty-six|a radio technician|an opera understudy|a roadie""",
        """{full}, {role}, wrote the biggest hit of 1983 on a napkin in {place}, and somebody else signed it.
        |The ballroom of {place} closes in a month, and {full}, {role}, wants one last full house.
        |{full}, {role}, has not played a note since the accident in {place}.
        |A scratched tape from {place} makes {full}, {role}, famous forty years too late.
        |Four strangers, one van and {full}, {role}, leave {place} on the worst tour ever booked.
        |{full}, {role}, has one summer to teach the miners of {place} to sing Italian.
        |Every night at closing time {full}, {role}, hears the same unfinished tune from the cellar bar in {place}.
        |{full}, {role}, and {other} were the loudest duo of {place}, until the duet nobody survived.""",
        """{other} hears something in the noise that nobody else does, and will not let it go.
        |Between borrowed amplifiers and unpaid bills, a sound appears that none of them can play alone.
        |Then {other}, the voice on the record, walks back in and asks for half.
        |To win back the band {they} must first apologise to the drummer, in public and in tune.
        |What the choir lacks in talent it makes up for in grudges.
        |The festival has a stage to spare, and {other} has a drum kit and no plan.
        |All that is missing is the bridge, the chorus and an apology.""",
        """Loud, tender and very nearly in tune.
        |With eleven original songs, and one terrible one.
        |The encore is the hard part.
        |For anyone who ever stayed until the lights came on.""",
    ),
}
