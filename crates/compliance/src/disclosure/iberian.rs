//! Spanish and Portuguese sentences that say the author is paid.

use super::Spoken;
use crate::lang::Language;
use crate::pattern::{list, one};
use crate::prose::Prose;
use regex::Regex;
use std::sync::LazyLock;

const GAP: &str = r"(?:,? [^\s.!?\n]+){0,7}?";

static SPANISH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    list(
        &[
            (
                "GET",
                r"(?:recib(?:o|imos|ire|iremos)|gan(?:o|amos|are|aremos)|cobr(?:o|amos|are|aremos)|obten(?:go|emos|dre|dremos)|percib(?:o|imos|ire|iremos)|me llevo|nos llevamos|me llevare|nos llevaremos|(?:puedo|podemos|podria|podriamos|voy a|vamos a|pueda|podamos) (?:recibir|ganar|cobrar|obtener|percibir|llevarme|llevarnos))",
            ),
            (
                "WE",
                r"(?:(?:los |las )?(?:admins?|administradores|administradoras|moderadores)|el autor|la autora|el equipo|este (?:blog|canal|sitio|grupo)|esta (?:pagina|web|cuenta))(?: (?:de|del) [\w ]{1,20}?)?",
            ),
            (
                "PAY",
                r"(?:comision(?:es)?|dinero|pago|remuneracion|compensacion|porcentaje|retribucion|recompensa|algo|parte de la venta|bono|bonificacion)",
            ),
            ("GAP", GAP),
        ],
        &[
            r"(?-u:\b)GETGAP PAY(?-u:\b)",
            r"(?-u:\b)WE(?: (?:tambien|puede|pueden|podria))? (?:reciben?|ganan?|cobran?|perciben?|obtienen?|se llevan?|recibir|ganar)GAP PAY(?-u:\b)",
            r"(?-u:\b)(?:me|nos) (?:pagan?|dan?|abonan?|pagara|dara|genera|deja|reporta|remuneran?)(?-u:\b)GAP",
            r"(?-u:\b)(?:comision|dinero|porcentaje)GAP (?:para|a) (?:mi|nosotros|los administradores|las administradoras)(?-u:\b)",
            r"(?-u:\b)(?:enlaces?|link|links|colaboracion|recomendacion|publicacion|promocion|alianza|contenido|asociacion) (?:de afiliado )?(?:pagad[oa]s?|remunerad[oa]s?|patrocinad[oa]s?|de pago)(?-u:\b)",
            r"(?-u:\b)(?:esto|este (?:post|video|correo|texto|articulo)|esta publicacion) es (?:un anuncio|publicidad|una publicidad)(?-u:\b)|(?-u:\b)contiene publicidad(?-u:\b)",
            r"(?-u:\b)(?:soy|somos) (?:un |una )?(?:afiliad[oa]s?|promotora?|embajadora?) (?:pagad[oa]s?|remunerad[oa]s?)|(?-u:\b)(?:estoy|soy|somos|estamos|seremos|sere) (?:pagad[oa]s?|remunerad[oa]s?|compensad[oa]s?)",
        ],
    )
});

static SPANISH_DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:no|nunca|jamas|nadie|sin|ni|tampoco|nada|preguntan? si|preguntado si|dicen que|creen que|piensan que|si yo)(?: \S+){0,3} ?$",
    )
});
static SPANISH_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:ningun|ninguna|nada|cero|nunca|no|nadie|afiliados ganan|preguntas|correos|clientes|risa|igual|gusto|pena|rabia)(?-u:\b)",
    )
});
static SPANISH_EXCUSE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:no solo|sin (?:ningun )?(?:coste|costo|cargo|gasto)[^.!?\n]*|no te cuesta[^.!?\n]*|no pagas[^.!?\n]*|(?:pero|aunque|y)(?: si)?) ?$",
    )
});
static GIVES_NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^(?:me|nos) (?:pagan?|dan?|abonan?|pagara|dara|genera|deja|reporta|remuneran?|da|dao|rende|paga|pagam|rendem|remunera|repassa)$",
    )
});
static MONEY_NEAR: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^.!?\n]{0,50}(?-u:\b)(?:comision|comisiones|comissao|comissoes|dinero|dinheiro|porcentaje|porcentagem|percentual|por (?:cada|recomendar|venta|alta|recomendacion|venda|indicacao|assinatura)|algo|si (?:compras|te|contratas)|cuando (?:compras|te)|se voce|quando voce|para recomendar|[0-9]+ ?%)",
    )
});

static PORTUGUESE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    list(
        &[
            (
                "GET",
                r"(?:receb(?:o|emos|erei|eremos)|ganh(?:o|amos|arei|aremos)|obtenho|obtemos|fico com|ficamos com|levo|a gente (?:ganha|recebe)|(?:posso|podemos|vou|vamos|poderei|poderemos|possa|possamos) (?:receber|ganhar|obter|levar))",
            ),
            (
                "WE",
                r"(?:(?:os |as )?(?:admins?|administradores|administradoras|moderadores)|o autor|a autora|a equipe|a equipa|este (?:blog|canal|site|grupo)|esta (?:pagina|conta))(?: (?:do|da|deste) [\w ]{1,20}?)?",
            ),
            (
                "PAY",
                r"(?:comiss(?:ao|oes)|dinheiro|pagamento|remuneracao|compensacao|porcentagem|percentual|recompensa|algo|parte da venda|bonus)",
            ),
            ("GAP", GAP),
        ],
        &[
            r"(?-u:\b)GETGAP PAY(?-u:\b)",
            r"(?-u:\b)WE(?: (?:tambem|pode|podem))? (?:recebem?|ganham?|obtem|ficam com|receber|ganhar)GAP PAY(?-u:\b)",
            r"(?-u:\b)(?:me|nos) (?:pagam?|da|dao|rendem?|remuneram?|repassa|gera)(?-u:\b)GAP",
            r"(?-u:\b)(?:comissao|dinheiro|porcentagem)GAP (?:para|a) (?:mim|nos|os administradores|as administradoras)(?-u:\b)",
            r"(?-u:\b)(?:links?|parceria|recomendacao|publicacao|promocao|conteudo|indicacao) (?:de afiliado )?(?:pag[oa]s?|remunerad[oa]s?|patrocinad[oa]s?)(?-u:\b)",
            r"(?-u:\b)(?:isto|isso|este (?:post|video|e-mail|texto|artigo)|esta publicacao) (?:e|contem) (?:um anuncio|publicidade|propaganda|uma publicidade)(?-u:\b)|(?-u:\b)contem publicidade(?-u:\b)",
            r"(?-u:\b)(?:sou|somos|serei|seremos|estou sendo) (?:um |uma )?(?:afiliad[oa]s? )?(?:pag[oa]s?|remunerad[oa]s?|compensad[oa]s?)(?-u:\b)",
        ],
    )
});

static PORTUGUESE_DENIED: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:nao|nunca|jamais|ninguem|sem|nem|tampouco|nada|perguntam? se|perguntado se|dizem que|acham que|pensam que|se eu)(?: \S+){0,3} ?$",
    )
});
static PORTUGUESE_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:nenhum|nenhuma|nada|zero|nunca|nao|ninguem|perguntas|mensagens|clientes)(?-u:\b)",
    )
});
static PORTUGUESE_EXCUSE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?-u:\b)(?:nao so|nao apenas|sem (?:nenhum )?(?:custo|gasto)[^.!?\n]*|voce nao paga[^.!?\n]*|(?:mas|embora|e)(?: sim)?) ?$",
    )
});

/// Clear Spanish and Portuguese words of a text.
pub(super) fn clear(prose: &Prose) -> Vec<Spoken> {
    let mut found = Vec::new();
    for (patterns, language, denied, excuse, inside) in [
        (
            &SPANISH,
            Language::Spanish,
            &SPANISH_DENIED,
            &SPANISH_EXCUSE,
            &SPANISH_INSIDE,
        ),
        (
            &PORTUGUESE,
            Language::Portuguese,
            &PORTUGUESE_DENIED,
            &PORTUGUESE_EXCUSE,
            &PORTUGUESE_INSIDE,
        ),
    ] {
        if !prose.may_speak(language) {
            continue;
        }
        for pattern in patterns.iter() {
            found.extend(prose.unquoted(pattern).filter_map(|range| {
                let before = prose.before(&range);
                let words = &prose.text[range.clone()];
                let cost = words
                    .replace("sin coste", "")
                    .replace("no te cuesta", "")
                    .replace("nao custa", "");
                let bare =
                    GIVES_NOTHING.is_match(words) && !MONEY_NEAR.is_match(prose.after(&range));
                let denied = denied.is_match(super::tail(before)) && !excuse.is_match(before);
                (!denied && !bare && !inside.is_match(&cost) && !super::asked(prose, &range))
                    .then_some(Spoken {
                        range,
                        language: Some(language),
                        buried: false,
                        label: false,
                    })
            }));
        }
    }
    found
}
