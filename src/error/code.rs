//! Every refusal of the API in one table: code, status, title in Russian, title in English.

use super::Text;

macro_rules! codes {
    ($( $variant:ident = $name:literal, $status:literal, $ru:literal, $en:literal; )*) => {
        /// A stable machine code of a refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $( #[doc = $en] $variant, )* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The dotted name in `code`.
            pub const fn name(self) -> &'static str { match self { $( Self::$variant => $name, )* } }

            /// The HTTP status.
            pub const fn status(self) -> u16 { match self { $( Self::$variant => $status, )* } }

            /// The title in both languages.
            pub const fn title(self) -> Text { match self { $( Self::$variant => Text::new($ru, $en), )* } }
        }
    };
}

codes! {
    // The request itself.
    Unreadable = "request.unreadable", 400, "Запрос не удалось прочитать", "The request cannot be read";
    UnknownParameter = "request.unknown_parameter", 400, "Неизвестный параметр запроса", "Unknown query parameter";
    IdempotencyKeyRequired = "request.idempotency_key_required", 400, "Нужен заголовок Idempotency-Key", "The Idempotency-Key header is required";
    NotFound = "request.not_found", 404, "Не найдено", "Not found";
    MethodNotAllowed = "request.method_not_allowed", 405, "Метод не поддерживается", "The method is not allowed here";
    Timeout = "request.timeout", 408, "Время ожидания запроса истекло", "The request took too long to arrive";
    IdempotencyInProgress = "request.idempotency_in_progress", 409, "Запрос с этим ключом уже выполняется", "A request with this key is being carried out";
    PreconditionFailed = "request.precondition_failed", 412, "Данные изменились: получите свежую версию", "The thing has changed: get its newest version first";
    TooLarge = "request.too_large", 413, "Тело запроса слишком велико", "The request body is too large";
    UnsupportedMedia = "request.unsupported_media_type", 415, "Такой тип содержимого не поддерживается", "This content type is not supported";
    UnsupportedEncoding = "request.unsupported_content_encoding", 415, "Такое сжатие не поддерживается", "This content encoding is not supported";
    Invalid = "request.invalid", 422, "Данные заполнены неверно", "The request is well-formed but wrong";
    IdempotencyKeyReused = "request.idempotency_key_reused", 422, "Ключ Idempotency-Key уже использован с другим запросом", "The Idempotency-Key was used with another request";
    PreconditionRequired = "request.precondition_required", 428, "Нужен заголовок If-Match", "The If-Match header is required";
    TooManyRequests = "request.too_many_requests", 429, "Слишком много запросов", "Too many requests";

    // The server.
    Internal = "server.internal", 500, "Внутренняя ошибка", "Internal error";
    Unavailable = "server.unavailable", 503, "Сервис временно недоступен", "The service is temporarily unavailable";

    // Who may act.
    Unauthenticated = "auth.unauthenticated", 401, "Требуется вход", "Authentication is required";
    TokenInvalid = "auth.token_invalid", 401, "Токен недействителен", "The token is not valid";
    CredentialsInvalid = "auth.credentials_invalid", 401, "Неверный логин или пароль", "Wrong login or secret";
    AccountLocked = "auth.account_locked", 429, "Учётная запись временно заблокирована", "The account is locked for a while";
    Forbidden = "auth.forbidden", 403, "Недостаточно прав", "You may see this, but not do this";
    SeparationOfDuties = "auth.separation_of_duties", 403, "Это решение должен принять другой человек", "Somebody else has to take this decision";

    // State conflicts of the resources.
    AlreadyExists = "conflict.already_exists", 409, "Такая запись уже есть", "Such a record exists already";
    StateConflict = "conflict.state", 409, "В текущем состоянии это действие невозможно", "The current state does not allow this";
    NotFullyCompleted = "conflict.not_fully_completed", 409, "Не все мероприятия маршрута завершены", "Not every activity of the route is completed";
    ControlMissing = "conflict.control_missing", 409, "Не проведён контроль, которого требует положение", "Control that the regulation demands is missing";
    ReportMissing = "conflict.report_missing", 409, "Нет принятого отчёта, которого требует положение", "An accepted report that the regulation demands is missing";
    PossibleDuplicate = "conflict.possible_duplicate", 409, "Возможно, этот человек уже есть", "This person may be known already";
    InUse = "conflict.in_use", 409, "Запись используется", "The record is in use";

    // Training.
    NoSeats = "training.no_seats", 409, "Свободных мест не хватает", "There are not enough free seats";

    // The registry of programs.
    NothingChanged = "registry.nothing_changed", 409, "С последней редакции ничего не изменилось", "Nothing has changed since the last revision";
    ReviewRequired = "registry.review_required", 409, "Программа не прошла экспертизу", "The program has not passed the review";
    ReviewerInterested = "registry.reviewer_interested", 409, "Эксперт заинтересован в результате", "The reviewer has an interest in the result";
}
