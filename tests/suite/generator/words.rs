//! Names: invented bodies, people and companies; offices, services and procedures as Italian chambers call theirs.

/// Bodies, all invented.
pub const BODIES: &[&str] = &[
    "Camera di Commercio di Valdoria",
    "Camera di Commercio di Montelago",
    "Camera di Commercio Alta Serrana",
    "Camera di Commercio di Borgofinto",
    "Camera di Commercio di Roccachiara",
    "Unione dei Comuni di Pian Fittizio",
];
/// Offices.
pub const OFFICES: &[&str] = &[
    "Registro Imprese",
    "Diritto Annuale",
    "Segreteria Generale",
    "Metrico e Ispettivo",
    "Protesti e Sanzioni",
    "Commercio Estero",
    "Provveditorato",
    "Ragioneria",
    "Personale",
    "Promozione",
    "Brevetti e Marchi",
    "Studi e Prezzi",
    "Mediazione e Arbitrato",
    "Artigianato",
    "Servizi Digitali",
    "Ambiente",
    "Regolazione del Mercato",
];
/// Sections of the charter by the beginning of the code.
pub const SECTIONS: &[(&str, &str)] = &[
    ("3.1.1", "ACCESSO AGLI ATTI"),
    ("3.1.2", "RECLAMI E SUGGERIMENTI"),
    ("3.2.1", "REGISTRO IMPRESE"),
    ("3.2.2", "ALBI E RUOLI"),
    ("3.2.3", "COMMERCIO ESTERO"),
    ("3.3.1", "MEDIAZIONE"),
    ("3.3.2", "PROTESTI"),
    ("3.3.3", "METROLOGIA LEGALE"),
    ("3.3.4", "BREVETTI E MARCHI"),
    ("3.3.5", "CONTRIBUTI ALLE IMPRESE"),
    ("3.4.1", "DIRITTO ANNUALE"),
    ("3.5.1", "SERVIZI DIGITALI"),
];
/// Services, by the section they belong to.
pub const SERVICES: &[(usize, &str)] = &[
    (0, "Richiesta di accesso documentale"),
    (0, "Richiesta di accesso civico semplice"),
    (0, "Richiesta di accesso civico generalizzato"),
    (0, "Rilascio copie di atti e provvedimenti"),
    (1, "Risposta ai reclami"),
    (1, "Risposta alle segnalazioni e ai suggerimenti"),
    (1, "Risposta a quesiti via e-mail"),
    (2, "Iscrizione, modifica e cancellazione nel Registro Imprese"),
    (2, "Denunce REA"),
    (2, "Deposito bilanci e situazioni patrimoniali"),
    (2, "Rilascio certificati e visure"),
    (2, "Bollatura libri e registri"),
    (2, "Rilascio elenchi merceologici"),
    (2, "Evasione istanze di rettifica"),
    (2, "Cancellazione d'ufficio delle imprese non operative"),
    (2, "Rilascio copie di atti societari e bilanci"),
    (3, "Iscrizione nel Ruolo dei periti e degli esperti"),
    (3, "Iscrizione nel Ruolo dei conducenti"),
    (3, "Verifica dinamica dei requisiti dei mediatori"),
    (3, "Rilascio tessere di riconoscimento"),
    (4, "Rilascio certificati di origine"),
    (4, "Rilascio Carnet A.T.A."),
    (4, "Attestazione di libera vendita"),
    (4, "Rilascio numero meccanografico"),
    (4, "Visto di deposito su documenti per l'estero"),
    (5, "Svolgimento del primo incontro di mediazione"),
    (5, "Nomina dell'arbitro unico"),
    (5, "Deposito del lodo arbitrale"),
    (6, "Annotazioni nel registro informatico"),
    (6, "Rilascio visure protesti"),
    (6, "Pubblicazione dell'elenco dei protesti"),
    (6, "Istruttoria dei verbali di accertamento"),
    (7, "Verificazione periodica degli strumenti di misura"),
    (7, "Assegnazione del marchio dei metalli preziosi"),
    (7, "Rilascio carte tachigrafiche"),
    (7, "Vigilanza sui concorsi a premio"),
    (8, "Deposito di marchi e brevetti"),
    (8, "Deposito di disegni e modelli"),
    (8, "Rilascio attestati di brevetto"),
    (9, "Esame delle richieste di finanziamento"),
    (9, "Liquidazione dei contributi"),
    (9, "Concessione di patrocini"),
    (10, "Riconoscimento delle esenzioni"),
    (10, "Sgravio delle cartelle esattoriali"),
    (10, "Regolarizzazione della posizione debitoria"),
    (10, "Informazioni sul calcolo del diritto"),
    (11, "Rilascio della CNS e della firma digitale"),
    (11, "Rilascio SPID con riconoscimento"),
    (11, "Rinnovo dei certificati di sottoscrizione"),
    (11, "Assistenza al cassetto digitale"),
];
/// Indicators of the charter.
pub const INDICATORS: &[&str] = &[
    "Tempo massimo dalla presentazione della domanda",
    "Tempo di evasione dalla data di protocollo",
    "Tempo medio di rilascio",
    "Tempo massimo dalla richiesta",
    "Tempo di attesa allo sportello",
];
/// Procedures proved by cases, with their expected result.
pub const CASE_PROCEDURES: &[&str] = &[
    "Liquidazione e pagamento delle fatture passive",
    "Rimborso del diritto annuale versato in eccesso",
    "Evasione delle istanze di cancellazione dei protesti",
    "Istruttoria delle domande di contributo",
    "Gestione delle verifiche metrologiche a domicilio",
];
/// Procedures proved by steps.
pub const STEP_PROCEDURES: &[&str] = &[
    "Programmazione e controllo delle attività",
    "Predisposizione del bilancio di esercizio",
    "Ciclo della performance",
];
/// Steps.
pub const STEPS: &[&str] = &[
    "Report alla Giunta",
    "Verifica del budget direzionale",
    "Trasmissione della scheda indicatori",
    "Monitoraggio trimestrale",
    "Aggiornamento del cruscotto",
    "Invio della relazione",
    "Raccolta dei dati",
    "Validazione",
    "Approvazione della proposta",
    "Pubblicazione in Amministrazione trasparente",
];
/// Procedures proved by checks.
pub const CHECK_PROCEDURES: &[&str] =
    &["Gestione degli atti camerali", "Qualificazione della banca dati CRM", "Trasparenza e anticorruzione"];
/// Targets of the checks.
pub const CHECKS: &[&str] = &[
    "Pubblicazione delle delibere",
    "Pubblicazione delle determinazioni",
    "Invio dell'ordine del giorno",
    "Redazione dei verbali",
    "Firma digitale degli atti",
    "Aggiornamento delle anagrafiche",
    "Clienti con indirizzo di posta",
    "Newsletter inviate",
    "Riscontro alle richieste interne",
];
/// Procedures proved by coverage.
pub const COVERAGE_PROCEDURES: &[&str] =
    &["Scarto degli archivi correnti", "Mappatura dei rischi negli uffici", "Rilevazione della customer satisfaction"];
/// Companies and people, all invented.
pub const PARTIES: &[&str] = &[
    "Alfa Finta S.r.l.",
    "Beta Esempio S.p.A.",
    "Ditta Tizio Caio",
    "Gamma Prova s.n.c.",
    "Delta Campione Soc. coop.",
    "Officine Fittizie S.r.l.",
    "Studio Mevio",
    "Epsilon Modello S.a.s.",
    "Sempronio Calzature",
    "Zeta Ipotesi S.r.l.",
];
/// People.
pub const PEOPLE: &[&str] = &["Tizi", "Cai", "Semproni", "Mevi", "Filani", "Calpurni"];
/// Objectives.
pub const OBJECTIVES: &[&str] = &[
    "Garantire i livelli di servizio e il rispetto dei tempi",
    "Semplificare i servizi alle imprese",
    "Sostenere la digitalizzazione delle imprese",
    "Promuovere il turismo e il territorio",
    "Razionalizzare le spese di funzionamento",
    "Attuare gli obblighi di trasparenza",
    "Riorganizzare gli uffici e valorizzare il personale",
    "Presidiare le società partecipate",
];
/// Indicators of objectives.
pub const TASKS: &[&str] = &[
    "Rispetto dei tempi previsti",
    "Realizzazione delle azioni programmate",
    "Invio della relazione entro il termine",
    "Organizzazione di almeno due incontri",
    "Aggiornamento del sito istituzionale",
    "Revisione del regolamento",
    "Formazione del personale coinvolto",
    "Avvio del nuovo applicativo",
    "Monitoraggio delle convenzioni",
];
/// Holders of objectives: in the title, and as they are called.
pub const HOLDERS: &[(&str, &str)] = &[
    ("OBIETTIVI DI ENTE ANNO {year}", "Ente"),
    ("OBIETTIVI {year} SEGRETARIO GENERALE", "Segretario Generale"),
    ("OBIETTIVI {year} DIRIGENTE AREA ANAGRAFICA", "Dirigente Area Anagrafica"),
    ("OBIETTIVI {year} DIRIGENTE AREA PROMOZIONE", "Dirigente Area Promozione"),
];
/// Entities whose staff costs.
pub const ENTITIES: &[&str] = &["CCIAA Valdoria", "Valdoria Servizi", "Fondazione Esempio"];
