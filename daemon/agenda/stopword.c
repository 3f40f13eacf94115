/* SPDX-License-Identifier: MIT */
/*
 * stopword: words that tell nothing of what is sought or offered.
 */
#include "agenda/stopword.h"

#include <stddef.h>
#include <string.h>

/* By their first letters, each between two blanks. Both languages in one list: people mix them. */
static const char *const stopwords[26] = {
	['a' - 'a'] =
		" a ab aber able about advice after all alle allem allen aller allerlei alles als "
		"also am an anbiete anbieten anbietet and andere anderem anderen anderer anderes "
		"angebot angebote any anybody anyone arbeit arbeiten arbeitet are as at auch auf "
		"aus auskennen auskennt ausserdem available ",
	['b' - 'a'] =
		" bald be been bei beim being bereit besonders best beste bestem besten bester "
		"bestes biete bieten bietet big bin bis bisschen bitte brauche brauchen braucht but "
		"by ",
	['c' - 'a'] = " can contact contacts could current currently ",
	['d' - 'a'] =
		" da dabei dafuer damit dann daran das dass davon day days dazu dein deine dem "
		"demnaechst den denen denn der deren derzeit des dessen dich die dies diese diesem "
		"diesen dieser dieses dir do doch does doing dort drei dringend du durch ",
	['e' - 'a'] =
		" each eher eigene eigenen ein eine einem einen einer eines einfach einige einigen "
		"either er erfahren erfahrene erfahrenem erfahrenen erfahrener erfahrenes erfahrung "
		"erfahrungen erste ersten es etwa etwas euch euer eure evtl experience experienced "
		"expert experte experten expertin expertinnen expertise experts ",
	['f' - 'a'] =
		" fachfrau fachleute fachmann few find finde finden findet finding first for former "
		"free from fuer full ",
	['g' - 'a'] =
		" gab ganz geben gegen gelegentlich gerade gern gerne gesucht get getting gewesen "
		"gibt give giving good great gross grosse grossen grosser grosses gut gute gutem "
		"guten guter gutes ",
	['h' - 'a'] =
		" habe haben had has hat hatte hatten have having he helfe helfen help helpful "
		"helping helps her here hier hilfe hilft him his how ",
	['i' - 'a'] =
		" i ich idea ideas idee ideen if ihm ihn ihnen ihr ihre ihrem ihren ihrer im in "
		"information infos ins interesse interessiert interest interested into irgend "
		"irgendwer is ist it its ",
	['j' - 'a'] =
		" jahr jahre jahren jede jedem jeden jeder jedes jemand jemandem jemanden jetzt job "
		"jobs junior just ",
	['k' - 'a'] =
		" kann kannst kein keine keinen kenne kennen kennt kenntnis kenntnisse kenntnissen "
		"kind kinds klein kleine kleinem kleinen kleiner kleines know knowing knowledge "
		"known knows koennen koennte koennten kontakt kontakte kontakten ",
	['l' - 'a'] =
		" lang lange large leute leuten like little long look looked looking looks lot lots ",
	['m' - 'a'] =
		" machen macht made make making mal man manche many may me mehr mein meine meinem "
		"meinen meiner meines mensch menschen mich might mir mit moechte moechten moeglich "
		"moeglichkeit moeglichkeiten moeglichst monat monate month months more most much "
		"muss must my myself ",
	['n' - 'a'] =
		" nach naechste naechsten neben nebenbei need needed needing needs neu neue neuem "
		"neuen neuer neues new next nice nicht nichts no noch not now nun nur ",
	['o' - 'a'] =
		" ob occasionally oder of off offer offered offering offers often ohne on once one "
		"only opening or other others our out over own ",
	['p' - 'a'] =
		" part people perhaps person personen persons please position positions possible "
		"possibly professional professionals profi profis provide provides providing ",
	['q' - 'a'] = " quick quickly ",
	['r' - 'a'] = " rat ratschlaege really role roles ",
	['s' - 'a'] =
		" sachen schnell schnelle schon search searching seek seeking seeks sehr sein seine "
		"seinem seinen seiner seit senior she should sich sie sind skill skilled skills "
		"small so solche solid solide soll sollte some somebody someone something soon sort "
		"sowie spaeter specialist specialists spezialist spezialisten spezialistin stelle "
		"stellen still such suche suchen suchend sucht support supporting ",
	['t' - 'a'] =
		" tag tage talk than that the their them thema themen then there these they thing "
		"things this those three time tip tipp tipps tips to too tun two ",
	['u' - 'a'] =
		" ueber um und under ungefaehr uns unser unsere unserem unseren unserer unter "
		"unterstuetze unterstuetzen unterstuetzung until up urgent urgently us use used "
		"using ",
	['v' - 'a'] = " very viel viele vielen vielleicht vom von vor ",
	['w' - 'a'] =
		" waere want wanted wanting wants waren was way we week weeks wegen weil weiss "
		"weitere weiteren well wenig wenn wer werden were what when where whether which "
		"while who whom whose why wie wieder will willing wir wird wish wishes wissen with "
		"within without wo wollen work worked working works would wuensche wuerde ",
	['y' - 'a'] = " year years yes you your yours ",
	['z' - 'a'] = " zeit zu zum zur zurzeit zwei zwischen ",
};

bool stopword_is(const char *word)
{
	const char *list = *word >= 'a' && *word <= 'z' ? stopwords[*word - 'a'] : NULL;
	size_t n = strlen(word);

	for (const char *p = list; p && (p = strstr(p, word)); p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}
