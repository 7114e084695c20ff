using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>The API of inbox, settings, rules and mail; the calendar by secret link.</summary>
public static class NotificationsEndpoints
{
    /// <summary>The rate limit on calendars: guessing secrets is hopeless, and hammering is stopped.</summary>
    internal const string FeedLimit = "calendar";

    /// <param name="Path">Of the matter; it is marked as read when it is opened through <c>/inbox/{id}</c>.</param>
    public sealed record NoticeAnswer(Guid Id, NoticeKind Kind, string Title, string Detail, string Path, DateOnly? Due, DateTimeOffset MadeAt, DateTimeOffset? ReadAt, DateTimeOffset? SettledAt);

    /// <param name="Next">What to give as <c>after</c> for the next page; <see langword="null"/> on the last.</param>
    public sealed record InboxAnswer(int Todo, int News, IReadOnlyList<NoticeAnswer> Notices, string? Next);

    /// <param name="Address">Empty without one.</param>
    public sealed record SettingsAnswer(string Address, bool Confirmed, string Language, IReadOnlyDictionary<NoticeKind, Delivery> Choices, DateTimeOffset? CalendarSince);

    public sealed record ChoicesRequest(IReadOnlyDictionary<NoticeKind, Delivery> Choices);

    public sealed record AddressRequest(string Address);

    public sealed record CodeRequest(string Code);

    /// <param name="Link">Told this once; the secret is kept nowhere.</param>
    public sealed record FeedAnswer(string Link);

    public sealed record RulesAnswer(ReminderRule Items, ReminderRule Nodes, ReminderRule Returns, int Version);

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Notifications").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/inbox", InboxAsync).WithSummary("What the caller was told, 50 at a time: to do, news, or settled.");
        api.MapPost("/inbox/{id:guid}/reading", ReadAsync).WithSummary("Marks a notice as read.");
        api.MapPost("/inbox/reading", ReadAllAsync).WithSummary("Marks all open notices as read.");
        api.MapGet("/account/notices", SettingsAsync).WithSummary("How the caller is told.");
        api.MapPut("/account/notices", ChooseAsync).WithSummary("Chooses for each kind where to be told; the language is the request's.");
        api.MapPut("/account/notices/address", AddressAsync).WithSummary("Takes a mail address and sends a code to it; an empty one takes it away.");
        api.MapPost("/account/notices/confirmation", ConfirmAsync).WithSummary("Confirms the address with the code.");
        api.MapPost("/account/calendar", RenewFeedAsync).WithSummary("Makes a new secret link to the caller's calendar; the one before ends.");
        api.MapDelete("/account/calendar", EndFeedAsync).WithSummary("Turns the calendar off.");
        api.MapGet("/programmes/{code}/reminders", RulesAsync).WithSummary("By which rules a programme reminds.");
        api.MapPut("/programmes/{code}/reminders", SetRulesAsync).WithSummary("Sets them; for the programme's office.");
        api.MapGet("/mail", MailAsync).WithSummary("The state of mail; for administrators.");
        api.MapPost("/mail/test", TestAsync).WithSummary("Sends a test to the caller's own address; for administrators.");
        api.MapPost("/mail/{id:guid}/repetition", AgainAsync).WithSummary("Sends a mail once more that failed or is in doubt; for administrators.");
        app.MapGet("/inbox/{id:guid}", OpenAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/calendar/{secret:length(43)}.ics", FeedAsync).AllowAnonymous().RequireRateLimiting(FeedLimit)
            .WithTags("Notifications").WithSummary("The last days of one account's units as iCalendar (RFC 5545); the secret is all that is asked.");
    }

    private static async Task<Ok<InboxAnswer>> InboxAsync(
        [FromQuery] InboxPart? part, [FromQuery] NoticeKind? kind, [FromQuery] string? after, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var page = await Inbox.PageAsync(db, reader, part ?? InboxPart.Todo, kind, after, words, clock.Today, ct);
        return TypedResults.Ok(new InboxAnswer(
            await Inbox.CountAsync(db, reader, InboxPart.Todo, ct), await Inbox.CountAsync(db, reader, InboxPart.News, ct),
            [.. page.Lines.Select(line => new NoticeAnswer(line.Notice.Id, line.Notice.Kind, line.Title, line.Detail, line.Href, line.Notice.Due, line.Notice.MadeAt, line.Notice.ReadAt, line.Notice.SettledAt))],
            page.Next));
    }

    private static async Task<NoContent> ReadAsync(Guid id, ReadNotices read, Access by, CancellationToken ct)
    {
        await read.OneAsync(id, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReadAllAsync(ReadNotices read, Access by, CancellationToken ct)
    {
        await read.AllAsync(by, ct);
        return TypedResults.NoContent();
    }

    // Reading is all that this changes, so a link may do it.
    private static async Task<RedirectHttpResult> OpenAsync(Guid id, ReadNotices read, Access by, CancellationToken ct) =>
        TypedResults.LocalRedirect($"~{await read.OneAsync(id, by, ct)}");

    private static async Task<Ok<SettingsAnswer>> SettingsAsync(TellMe tell, Actor by, CancellationToken ct)
    {
        var settings = await tell.OfAsync(by, ct);
        return TypedResults.Ok(new SettingsAnswer(
            settings.Address, settings.HasAddress, settings.Language, Enum.GetValues<NoticeKind>().ToDictionary(kind => kind, settings.For), settings.FeedSince));
    }

    private static async Task<NoContent> ChooseAsync(ChoicesRequest body, TellMe tell, Words words, Actor by, CancellationToken ct)
    {
        await tell.ChooseAsync(body.Choices ?? new Dictionary<NoticeKind, Delivery>(), words.Language.Tag, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AddressAsync(AddressRequest body, TellMe tell, Words words, Actor by, CancellationToken ct)
    {
        await tell.TakeAddressAsync(body.Address ?? "", words.Language.Tag, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ConfirmAsync(CodeRequest body, TellMe tell, Actor by, CancellationToken ct)
    {
        await tell.ConfirmAsync(body.Code ?? "", by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<FeedAnswer>> RenewFeedAsync(TellMe tell, IOptions<MailOptions> options, HttpRequest request, Actor by, CancellationToken ct) =>
        TypedResults.Ok(new FeedAnswer(Link(await tell.RenewFeedAsync(by, ct), options.Value, request)));

    private static async Task<NoContent> EndFeedAsync(TellMe tell, Actor by, CancellationToken ct)
    {
        await tell.EndFeedAsync(by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RulesAnswer>> RulesAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var rules = await NotificationsTables.ReminderRules(db).AsNoTracking().SingleOrDefaultAsync(one => one.Id == programme.Id, ct) ?? Notifications.ReminderRules.Of(programme.Id);
        return TypedResults.Ok(new RulesAnswer(rules.Items, rules.Nodes, rules.Returns, rules.Version));
    }

    private static async Task<NoContent> SetRulesAsync(string code, RulesAnswer body, SetReminders set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, body.Items ?? new(), body.Nodes ?? new(), body.Returns ?? new(), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<MailDesk.State>> MailAsync(MailDesk desk, Access reader, CancellationToken ct) => TypedResults.Ok(await desk.ReadAsync(reader, ct));

    private static async Task<NoContent> TestAsync(MailDesk desk, Access by, CancellationToken ct)
    {
        await desk.TestAsync(by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AgainAsync(Guid id, MailDesk desk, Access by, CancellationToken ct)
    {
        await desk.SendAgainAsync(id, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> FeedAsync(
        string secret, Db db, IOptions<MailOptions> options, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (await CalendarFeed.ReadAsync(db, secret, Site(options.Value, http.Request), clock.Today, ct) is not { } text)
        {
            return TypedResults.NotFound();
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.Headers.CacheControl = "private, no-cache"; // kept, and asked for anew: unchanged it is answered 304
        return TypedResults.Bytes(bytes, "text/calendar; charset=utf-8", "deadlines.ics", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
    }

    internal static string Link(string secret, MailOptions options, HttpRequest request) => $"{Site(options, request)}/calendar/{secret}.ics";

    private static string Site(MailOptions options, HttpRequest request) => options.Site.Length > 0 ? options.Site.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
}
