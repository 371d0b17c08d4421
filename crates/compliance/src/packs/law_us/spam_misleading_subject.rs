//! A subject that promises what the mail is not.

use crate::mail::Mail;
use crate::pattern::one;
use crate::rule::{Finding, RuleInfo, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// The rule.
pub const RULE: RuleInfo = RuleInfo {
    id: "spam-misleading-subject",
    pack: "law-us",
    severity: Severity::Error,
    demands: "The subject says what the mail is: no Re: or Fwd: without a mail before it, no invoice or prize that is none.",
    why: "A false subject tricks people into opening.",
    source: "CAN-SPAM Act, 15 U.S.C. 7704(a)(1) and (2)",
    bad: "Subject: Re: our call yesterday\n\nTry Kartra …",
    good: "Subject: The tool I use for my newsletters\n\nTry Kartra …",
};

static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)^(?:\[[^\]]*\] ?)?(?:re|fwd?|aw|wg|antw|sv|vs|rv|tr|enc|res|ref|rif|i|rép|réf|transf|weitergeleitet|reenv|resp)(?:\[[0-9]+\])? ?:",
    )
});
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?im)^ ?>|^-{2,} ?(?:original|forwarded|ursprüngliche|weitergeleitete|mensaje|message|mensagem)|^(?:on|am|el|le|em|op|den)\b.{3,160}?(?:wrote|schrieb|escribió|écrit|escreveu|schreef)[^\n]*:?\s*$|^(?:from|von|de|para|sent|gesendet|enviado|envoyé) ?: .+\n(?:.+\n){0,3}?(?:sent|to|date|subject|gesendet|an|datum|betreff|enviado|para|fecha|asunto|envoyé|à|objet|data|assunto) ?:|^begin forwarded message|wrote:\s*$|schrieb:\s*$|escribió:\s*$|a écrit ?:\s*$|escreveu:\s*$",
    )
});

/// A promise of the subject, and what the body must then speak of.
struct Promise {
    subject: Regex,
    body: Regex,
    /// Whether it is enough that the mail speaks of the thing the subject names.
    named: bool,
}

static PROMISES: LazyLock<Vec<Promise>> = LazyLock::new(|| {
    let promise = |subject: &str, body: &str| Promise {
        subject: one(subject),
        body: one(body),
        named: false,
    };
    let offer = |subject: &str, body: &str| Promise {
        named: true,
        ..promise(subject, body)
    };
    vec![
        promise(
            r"(?i)\b(?:your|an?|unpaid|overdue|outstanding|new|open|deine?|ihre?|offene|tu|su|votre|sua|seu|attached|final|last)?\s*(?:invoice|receipt|bill|rechnung|mahnung|factura|facture|fatura|boleto|nota fiscal|quittung)\b(?:[^a-z]|$)",
            r"(?i)\b(?:invoic\w*|receipts?|bill(?:s|ing|ed)?|rechnung\w*|mahnung|factura\w*|facture\w*|fatura\w*|boleto|nota fiscal)\b",
        ),
        promise(
            r"(?i)\b(?:payment|transaction|transfer|zahlung|überweisung|pago|paiement|pagamento|charge|wire)\b[^\n]{0,30}\b(?:received|failed|declined|pending|confirm\w*|successful|due|problem|on its way|waiting|required|fehlgeschlagen|erhalten|eingegangen|offen|rechazado|recibido|pendiente|confirmado|refusé|reçu|en attente|recusado|recebido|pendente|overdue|of \$|processed)\b|\b(?:refund|rückerstattung|reembolso|remboursement)\b|\byou(?:'ve| have) (?:been paid|received (?:a |your )?(?:payment|money|commission|transfer))|\byour (?:commission|payout|paycheck|deposit|balance)\b[^\n]{0,30}\b(?:is|has|was|ready|waiting|available|sent)",
            r"(?i)\b(?:payments? (?:of|was|is|has|failed|details)|your payment|refund\w*|zahlung\w*|überweisung|reembolso|remboursement|your payout|your card|transaction (?:id|number))\b",
        ),
        promise(
            r"(?i)\b(?:order|package|parcel|shipment|delivery|bestellung|paket|sendung|lieferung|pedido|paquete|envío|commande|colis|livraison|encomenda|entrega)\b[^\n]{0,40}\b(?:shipped|confirm\w*|delivered|delayed|on its way|arriv\w*|waiting|failed|cancel\w*|ready|#? ?[0-9]+|versandt|unterwegs|bestätigt|storniert|zugestellt|wartet|enviado|confirmado|retrasado|expédiée?|confirmée?|retardée?|en attente|saiu|confirmada|atrasad[oa]|retid[oa]|zurückgehalten|held)\b|\b(?:your|missed|deine?|ihre?|tu|votre|sua|seu) (?:order|package|parcel|delivery|shipment|bestellung|paket|pedido|paquete|commande|colis|encomenda)\b",
            r"(?i)\b(?:your order|shipped|tracking number|(?:parcel|package|colis|paket|paquete|encomenda) (?:is|was|has|will|left|ist|wurde|wird|est|a été|sera|está|ha sido|será|foi)|delivered|bestellnummer|deine bestellung|ihr paket|tu pedido|votre commande|seu pedido|sendungsnummer)\b",
        ),
        promise(
            r"(?i)\b(?:account|konto|cuenta|compte|conta|profile|access|zugang|subscription|abo)\b[^\n]{0,40}\b(?:suspend\w*|closed?|closing|locked|block\w*|limited|compromised|hacked|expir\w*|terminat\w*|verify|verification|gesperrt|geschlossen|läuft ab|bestätigen|suspendid[ao]|bloquead[ao]|cerrad[ao]|suspendu|bloqué|fermé|suspensa|encerrad[ao]|deactivated|at risk|on hold|cancel\w*)\b|\b(?:security (?:alert|warning|notice)|suspicious (?:login|activity|sign-in)|unusual (?:login|activity|sign-in)|new (?:login|sign-in)|password (?:reset|expired|changed|expires)|your password|action required|verify your|sicherheits(?:warnung|hinweis)|passwort|contraseña|alerta de seguridad|alerte de sécurité|mot de passe|senha|alerta de segurança)\b",
            r"(?i)\b(?:your account (?:is|was|has|will)|suspend\w*|password|passwort|contraseña|mot de passe|senha|log ?in to your|security (?:alert|notice)|dein konto (?:ist|wurde|wird)|tu cuenta (?:ha|está|será)|votre compte (?:a|est|sera)|sua conta (?:foi|está|será)|verify your|action is required|expires? (?:on|in|today))\b",
        ),
        promise(
            r"(?i)\b(?:you(?:'ve| have)? (?:just )?won|you are (?:a|the|our) winner|you're (?:a|the|our) winner|congratulations,? you|winner|claim your (?:prize|gift|reward|winnings)|(?:your|free) (?:prize|gift card|iphone|winnings|gift|present)|lottery|jackpot|sweepstake\w*|gewonnen|gewinn wartet|dein gewinn|gewinner(?:in)?|has ganado|premio|ganador|vous avez gagné|gagnant|votre cadeau|você ganhou|ganhador|prêmio|sorteio|geschenk|inheritance|tax refund)\b",
            r"(?i)\b(?:prizes?|winners?|won\b|gift cards?|raffle|draw|giveaway|gifts?|present|gewinn\w*|gewonnen|verlosung|geschenk\w*|premios?|sorteo|ganador\w*|regalos?|gagné|cadeaux?|concours|tirage|prêmios?|sorteio|brinde|presente)\b",
        ),
        promise(
            r"(?i)\b(?:our|your|the|tomorrow's|today's|unser|dein|nuestra|notre|nossa) (?:meeting|appointment|interview|call|booking|reservation|contract|application|termin|gespräch|vertrag|bewerbung|cita|reunión|entrevista|rendez-vous|entretien|reunião|entrevista|consulta|contrato|conversation|chat|lunch|dinner|reservierung|reserva|flight|ticket|visa|job offer)\b|\b(?:appointment|meeting|interview|booking|termin|cita|rendez-vous|reunião|invitation to interview) (?:confirmed|confirmation|request|reminder|tomorrow|today|rescheduled|cancel\w*|bestätigt|confirmad[ao]|confirmée?|verschoben|morgen)\b|\bjob offer\b|\bfollowing up on our\b",
            r"(?i)\b(?:meeting|appointment|interview|our call|the call|booking|booked|reservation|contract|application|termin\w*|gespräch|vertrag|bewerbung|cita|reunión|entrevista|rendez-vous|entretien|réunion|reunião|consulta|contrato|lunch|dinner|job|talked|spoke|webinar|call with)\b",
        ),
        promise(
            r"(?i)\b(?:lawsuit|legal (?:notice|action)|court|subpoena|final (?:notice|warning|reminder)|last warning|debt|collection|police|irs|tax office|klage|letzte mahnung|gericht|finanzamt|demanda|aviso legal|último aviso|hacienda|mise en demeure|dernier avertissement|impôts|processo judicial|receita federal|intimação|notificação judicial)\b",
            r"(?i)\b(?:lawsuit|court|legal|debt|police|tax|final (?:day|notice|reminder|call)|klage|gericht|frist|steuer\w*|demanda|judicial|impuesto\w*|tribunal|impôt\w*|processo|imposto\w*|ends (?:today|tonight|on|at)|last (?:day|chance)|deadline)\b",
        ),
        offer(
            r"(?i)\b[0-9]{1,3} ?% (?:off|discount|rabatt|de descuento|de desconto|de réduction|de remise|günstiger|cheaper|reduziert|menos|moins)|\b(?:discount|coupon|rabatt|descuento|desconto|remise|réduction|half price|zum halben preis|mitad de precio|moitié prix|metade do preço)\b",
            r"(?i)%|\b(?:discount\w*|coupon|rabatt\w*|descuento\w*|desconto\w*|remise|réduction|off|save|saves|cheaper|half|code|deal|price|günstiger|preis|precio|prix|preço|sale|reduced|sparst|sparen|ahorra\w*|économis\w*|economiz\w*|halben|mitad|moitié|metade)\b",
        ),
        promise(
            r"(?i)\b(?:free|gratis|kostenlos\w*|gratuit\w*|grátis|for nothing|100 ?% free)\b[^\n]{0,30}\b(?:book|ebook|e-book|course|lifetime|laptop|money|cash|consultation|coaching|buch|kurs|libro|curso|livre|cours|livro|template pack|account for life|iphone|ipad|vacation|holiday|sample|forever)\b",
            r"(?i)\b(?:free|gratis|kostenlos\w*|gratuit\w*|grátis|no cost|ebook|e-book|book|buch|libro|livre|livro|course|kurs|curso|cours|download)\b",
        ),
        promise(
            r"(?i)\b(?:i (?:sent|transferred) you (?:the )?(?:money|\$|€)|\$ ?[0-9,.]+ (?:is|was|has been|are) (?:waiting|deposited|credited|sent|added)|(?:you|your account) (?:have|has|was|were) (?:been )?credited|your (?:medical|test|lab|exam) results|emergency|accident|family|photos? of you|pictures? of you|someone (?:is looking|likes|searched)|missed call|voicemail|fotos? von dir|fotos? tuyas?|photos? de vous|fotos? suas?|verpasster anruf|llamada perdida|appel manqué|chamada perdida|sprachnachricht|urgent|dringend|urgente|your subscription has been renewed)\b",
            r"(?i)\b(?:credited|test results|emergency|accident|photos?|pictures?|voicemail|missed call|deadline|ends (?:today|tonight)|today only|closes|expires|anruf|fotos?|llamada|appel|chamada|renewed|last day|hours left)\b",
        ),
    ]
});

static JOKE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?i)\b(?:just kidding|only kidding|got your attention|have your attention|now that (?:i|you)|there is no (?:invoice|order|prize|refund|package|problem)|not really|made you (?:look|open)|no invoice|kein(?:e)? (?:rechnung|paket|gewinn|sorge)|war nur (?:ein )?spaß|keine panik|es (?:una )?broma|era broma|tengo tu atención|je plaisante|c'est une blague|j'ai votre attention|brincadeira|tenho sua atenção|relax,|don't worry, (?:there|your|nothing|it)|okay, (?:not|there)|ok, (?:not|there))\b",
    )
});

/// "40% off the template pack", and the mail is about the pack.
fn shares_a_word(subject: &str, body: &str) -> bool {
    let body = body.to_lowercase();
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4)
            .map(str::to_owned)
            .collect()
    };
    let said = words(&body);
    words(&subject.to_lowercase())
        .iter()
        .any(|word| said.contains(word))
}

/// Judges a mail's subject against its body.
pub(crate) fn check(mail: &Mail<'_>, out: &mut Vec<Finding>) {
    let Some((subject, span)) = mail.subject else {
        return;
    };
    let message = if REPLY.is_match(subject) && !QUOTED.is_match(mail.body) {
        "The subject looks like a reply or a forwarded mail, and there is no mail before it."
    } else if PROMISES.iter().any(|promise| {
        promise.subject.is_match(subject)
            && (!(promise.body.is_match(mail.body)
                || promise.named && shares_a_word(subject, mail.body))
                || JOKE.is_match(mail.body))
    }) {
        "The subject promises something the mail is not about."
    } else {
        return;
    };
    out.push(Finding::of(&RULE, message, "Say in the subject what the mail is about.").at(span));
}
