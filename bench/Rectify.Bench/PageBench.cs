using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>The page of the task list over HTTP, of a programme of 100,000 tasks; the server is a process of its own, the load is wrk.</summary>
internal static class PageBench
{
    private const string Password = "bench-password-1";

    /// <param name="size">Tasks of the programme.</param>
    public static async Task RunAsync(int size)
    {
        await using var bed = await Bed.SqliteAsync();
        var programme = new BigProgramme(size);
        await programme.LoadAsync(bed);
        await AccountAsync(bed, programme.Region);

        var address = $"http://127.0.0.1:{FreePorts.Next()}";
        using var server = Serve(bed.Folder, address);
        try
        {
            var cookies = await SignedInAsync(address);
            await QuietAsync(server);
            var hello = await WrkAsync(address + "/health/live", cookies, 5);
            var page = await WrkAsync($"{address}/p/{BigProgramme.Code}/items", cookies, 10);
            Report.Row($"task list page at {size:#,0} tasks, {bed.Name}", Report.PerSecond(page), "≥ 2,000/s",
                $"/health/live of the same server {Report.PerSecond(hello)}; ratio {Report.Percent(page, hello)}");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    /// <summary>A closing's page, held against the words of all other closings of its programme, as somebody reads one after the other.</summary>
    /// <param name="size">Closings of the programme: 3,000 of them are compared.</param>
    public static async Task ClosingAsync(int size)
    {
        await using var bed = await Bed.SqliteAsync();
        var programme = new BigProgramme(size);
        await programme.LoadAsync(bed);
        await AccountAsync(bed, programme.Region);
        var procedure = ProcedurePresets.Find(ProcedurePresets.Default)!;
        var closings = new List<ItemClosure>();
        await bed.InAsync(async (Db db) =>
        {
            var now = new FixedDay().GetUtcNow();
            var (day, random) = (new DateOnly(2019, 3, 31), new Random(4)); // the same closings each time
            string Words(int length) => string.Create(length, random, static (text, random) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = (char)('\u4e00' + random.Next(2_000));
                }
            });
            DeclaredPart Part(int no) => new(null, $"{no}", day, Words(150), []);
            foreach (var item in await db.ItemsFor(Access.OfSystem(Actor.System("bench")), Right.Read).Where(item => item.Kind == ItemKind.Task).OrderBy(item => item.SortKey).Take(size).ToListAsync())
            {
                var one = ItemClosure.Create(programme.Programme, item.Id, programme.County.Id, 1, procedure.Steps[0], Declaration.Empty, day, now.AddMinutes(closings.Count));
                one.Save(new(ClosureOutcome.PutRight, day, Words(300), [], [Part(1), Part(2), Part(3), Part(4)], []), 0);
                one.GoTo(procedure.Steps, 2, day, WorkingCalendar.StateCouncil);
                closings.Add(one);
            }

            await db.Database.OpenConnectionAsync();
            await new Bulk<ProcedureVersion>(db).WriteAsync(db.Database.GetDbConnection(), [ProcedureVersion.Create(programme.Programme, 1, procedure, "bench", now, day)]);
            await new Bulk<ItemClosure>(db).WriteAsync(db.Database.GetDbConnection(), closings);
        });
        var address = $"http://127.0.0.1:{FreePorts.Next()}";
        using var server = Serve(bed.Folder, address);
        try
        {
            using var http = new HttpClient { BaseAddress = new(address), DefaultRequestHeaders = { { "Cookie", await SignedInAsync(address) } } };
            await QuietAsync(server);
            async Task ReadAsync(int no) => (await http.GetAsync(new Uri($"/closures/{closings[no * 7 % closings.Count].Id}", UriKind.Relative))).EnsureSuccessStatusCode();
            var first = await Timing.OnceAsync(() => ReadAsync(0));
            var times = await Timing.RunAsync(1, 200, (_, no) => ReadAsync(no + 1));
            Report.Row($"a closing's page among {size:#,0}, {bed.Name}", $"{times}", "≤ 100 ms", $"the first after the start {Report.Ms(first)}");
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    /// <summary>A published item's page and the programme's, as strangers fetch them, beside the same server's empty answer.</summary>
    /// <param name="published">Items that are public.</param>
    public static async Task PublicAsync(int published)
    {
        await using var bed = await Bed.SqliteAsync();
        var programme = new BigProgramme(published);
        await programme.LoadAsync(bed);
        var office = Access.OfSystem(Actor.System("bench"));
        await bed.InAsync((SetPublicProgramme set) => set.RunAsync(BigProgramme.Code, new(true, "整改公开", "整改办", "12369", "", PublicSettings.UsualLicence, PublicSettings.UsualLicenceUrl), 0, office, default));
        var items = await bed.InAsync((Db db) => db.ItemsFor(office, Right.Read).Where(item => item.Kind == ItemKind.Task).OrderBy(item => item.SortKey).Take(published).Select(item => new { item.Id, item.PublicId }).ToListAsync());
        foreach (var item in items)
        {
            var choice = new PublicationChoice("整改任务", [PublicField.Problem, PublicField.Goal, PublicField.Units, PublicField.Status, PublicField.Deadline, PublicField.Measures], [], "", "", [], "");
            var seen = await bed.InAsync(async (Db db) => (await PublicationDraft.MakeAsync(db, item.Id, choice, office, new(2019, 3, 31), default)).Hash);
            await bed.InAsync(async (Db db) => await new PublishItem(db, new(db, new()), new FixedDay()).RunAsync(item.Id, choice, seen, office, default));
        }

        var address = $"http://127.0.0.1:{FreePorts.Next()}";
        using var server = Serve(bed.Folder, address);
        try
        {
            using var http = new HttpClient { BaseAddress = new(address) };
            await StartedAsync(http);
            await QuietAsync(server);
            var hello = await WrkAsync(address + "/health/live", "", 5);
            foreach (var path in new[] { $"/public/{BigProgramme.Code}/items/{items[0].PublicId}", $"/public/{BigProgramme.Code}", $"/public/{BigProgramme.Code}/items" })
            {
                var page = await WrkAsync(address + path, "", 5);
                Report.Row($"public page {path[..Math.Min(path.Length, 40)]}, {items.Count:#,0} published, {bed.Name}", Report.PerSecond(page), "≥ 50 % of hello", $"/health/live of the same server {Report.PerSecond(hello)}; ratio {Report.Percent(page, hello)}");
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    private sealed class FixedDay : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        public override DateTimeOffset GetUtcNow() => new(2019, 3, 31, 2, 0, 0, TimeSpan.Zero);
    }

    private static async Task AccountAsync(Bed bed, Unit region)
    {
        var me = Actor.System("bench");
        var person = await bed.InAsync((CreatePerson create) => create.RunAsync(new(null, region.Id, "整改办甲", "主任"), Access.OfSystem(me), default));
        var account = await bed.InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, "reader", Password, me, default));
        await bed.InAsync((GiveDuty give) => give.RunAsync(account.Id, Role.Office, region.Id, new(2018, 1, 1), null, me, default));
    }

    private static Process Serve(string data, string address)
    {
        var program = Path.Combine(Sample.Root, "src", "Rectify", "bin", "Release", "net10.0", "rectify");
        var start = new ProcessStartInfo(program, ["serve", "--data", data, "--urls", address]) { RedirectStandardOutput = true };
        var server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { }; // read, so that it never waits for us
        server.BeginOutputReadLine();
        return server;
    }

    private static async Task<string> SignedInAsync(string address)
    {
        var jar = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = jar, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new(address) };
        await StartedAsync(http);

        var form = await http.GetStringAsync(new Uri("/signin", UriKind.Relative));
        var token = WebUtility.HtmlDecode(Regex.Match(form, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "password",
            ["__RequestVerificationToken"] = token,
            ["name"] = "reader",
            ["password"] = Password,
            ["code"] = "",
        });
        await http.PostAsync(new Uri("/signin", UriKind.Relative), fields);
        var page = await http.GetAsync(new Uri($"/p/{BigProgramme.Code}/items", UriKind.Relative));
        return page.StatusCode is HttpStatusCode.OK
            ? jar.GetCookieHeader(new Uri(address))
            : throw new InvalidOperationException($"The page answers {page.StatusCode}: signing in failed.");
    }

    // What a start sets going, such as reminders of a hundred thousand tasks, is over.
    private static async Task QuietAsync(Process server)
    {
        for (var (quiet, tries) = (0, 0); quiet < 3 && tries < 300; tries++)
        {
            server.Refresh();
            var before = server.TotalProcessorTime;
            await Task.Delay(1_000);
            server.Refresh();
            quiet = (server.TotalProcessorTime - before).TotalMilliseconds < 100 ? quiet + 1 : 0;
        }
    }

    private static async Task StartedAsync(HttpClient http)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await http.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode)
                {
                    break;
                }
            }
            catch (HttpRequestException) when (tries < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<double> WrkAsync(string url, string cookies, int seconds)
    {
        await RunWrkAsync(url, cookies, 2); // warm
        return await RunWrkAsync(url, cookies, seconds);
    }

    private static async Task<double> RunWrkAsync(string url, string cookies, int seconds)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", "-c8", $"-d{seconds}s", .. cookies.Length == 0 ? Array.Empty<string>() : ["-H", $"Cookie: {cookies}"], url]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var told = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return told.Contains("Non-2xx", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{url} refused: {told}")
            : double.Parse(Regex.Match(told, @"Requests/sec:\s+([\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
