using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The seven windows of a closing, and what is done at them. Forms are filled in where a page is what matters; elsewhere the same session sends what the form would.</summary>
internal sealed class ClosingWalk : IAsyncDisposable
{
    public const string Programme = "central-2017-round1";

    private readonly List<Visitor> all = [];

    private ClosingWalk(List<Visitor> all) => this.all = all;

    /// <summary>Who reports for the prefecture.</summary>
    public Visitor Unit => all[0];

    /// <summary>Who accepts for the department that the plan names.</summary>
    public Visitor Acceptor => all[1];

    public Visitor Team => all[2];

    public Visitor Office => all[3];

    public Visitor Leader => all[4];

    /// <summary>Another prefecture.</summary>
    public Visitor Neighbour => all[5];

    /// <summary>Without an account.</summary>
    public Visitor Citizen => all[6];

    private Visitor Admin => all[7];

    public static async Task<ClosingWalk> StartAsync(Chromium chromium)
    {
        var all = new List<Visitor>();
        foreach (var name in new[] { "p05", "d01-accept", "supervisor", "office", "leader", "p06", "", "admin" })
        {
            all.Add(await chromium.VisitAsync());
            if (name.Length > 0)
            {
                await all[^1].SignInAsync(name);
            }
        }

        return new(all);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in all)
        {
            await visitor.DisposeAsync();
        }
    }

    /// <summary>A day of the region's, so many days from today.</summary>
    public static string Day(int days) => DateTime.UtcNow.AddHours(8).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>At the width of a phone: axe, nothing beyond the side; no place left unfilled, a quiet console.</summary>
    public static async Task CheckAsync(Visitor visitor, string name)
    {
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await visitor.CheckAxeAsync();
        Assert.True(await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name);
        await visitor.Page.SetViewportSizeAsync(1366, 768);
        Assert.DoesNotMatch(@"\{\d+[}:]", await visitor.Page.InnerTextAsync("body"));
        await visitor.ShotAsync(name);
        visitor.CheckQuiet();
    }

    public static async Task SendAsync(Visitor visitor, string then)
    {
        await visitor.Page.Locator("main form .btn-primary").First.ClickAsync();
        await visitor.Page.ArriveAsync($"**{then}");
    }

    public static async Task<JsonElement> ReadAsync(Visitor visitor, string path) => (await (await visitor.Page.APIRequest.GetAsync(path)).JsonAsync())!.Value;

    public static async Task<string> TextAsync(Visitor visitor, string path)
    {
        await visitor.OpenAsync(path);
        return await visitor.Page.InnerTextAsync("main");
    }

    public static async Task RefusedAsync(Visitor visitor, string path, object body, int status, string code)
    {
        var answer = await visitor.Page.APIRequest.PostAsync(path, new() { DataObject = body });
        var said = await answer.TextAsync();
        Assert.True(answer.Status == status && said.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), $"{path}: {status} {code} was expected, not {answer.Status} {said}");
    }

    public async Task StepRefusedAsync(Visitor visitor, string closure, int on, int status, string code) => await RefusedAsync(visitor, "/api/closures/steps", await StepAsync(closure, on), status, code);

    public async Task<string> ItemAsync(int number) => (await ReadAsync(Unit, $"/api/programmes/{Programme}/items?status=overdue&status=behind&status=ontrack&status=notstarted")).GetProperty("items").EnumerateArray()
        .Single(item => item.GetProperty("number").GetInt32() == number).GetProperty("id").GetString()!;

    public async Task<string> BeginAsync(string item) => (await SentAsync(Unit, $"/api/items/{item}/closures", new { })).GetProperty("id").GetString()!;

    /// <summary>The next step as anybody might send it: without what a check on site or a checklist needs.</summary>
    public async Task<object> StepAsync(string closure, int on, string password = Visitor.SamplePassword) =>
        new { closures = new[] { new { closure, version = await VersionAsync(closure) } }, stated = new { on = Day(on), opinion = "同意。" }, password };

    public async Task TakeAsync(Visitor by, string closure, int on) => await SentAsync(by, "/api/closures/steps", await StepAsync(closure, on));

    public async Task TakeByPageAsync(Visitor by, string closure, int on, string? name = null, Func<IPage, Task>? fill = null)
    {
        await by.OpenAsync($"/closures/{closure}/step");
        if (name is not null)
        {
            await CheckAsync(by, name);
        }

        if (fill is not null)
        {
            await fill(by.Page);
        }

        await by.Page.Locator("#day").FillAsync(Day(on));
        await by.Page.Locator("#opinion").FillAsync("同意。");
        await by.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await SendAsync(by, "done=taken");
    }

    /// <summary>Another procedure by its pages: a preset, in which the team checks on site and what was signed off is reported upwards.</summary>
    public async Task SetProcedureAsync()
    {
        var at = $"/p/{Programme}/closures/procedure";
        await Office.OpenAsync(at);
        await Office.Page.Locator("#preset-standard").CheckAsync();
        await Office.Page.Locator("#reason").FillAsync("按自治区办法");
        await SendAsync(Office, "done=1");
        await Office.OpenAsync($"{at}/step?key=site");
        await Office.Page.Locator("#duty").SelectOptionAsync("Supervisor");
        await Office.Page.Locator("#level").SelectOptionAsync("Region");
        await Office.Page.Locator("#reason").FillAsync("督导组现场核查");
        await CheckAsync(Office, "procedure-step");
        await SendAsync(Office, "done=1");
        await Office.OpenAsync($"{at}/step");
        await Office.Page.Locator("#kind").SelectOptionAsync("Report");
        await Office.Page.Locator("#duty").SelectOptionAsync("Office");
        await Office.Page.Locator("#place").FillAsync("1");
        await Office.Page.Locator("#title").FillAsync("报国家备案");
        await Office.Page.Locator("#reason").FillAsync("报备");
        await Office.Page.Locator("main form .btn-primary").First.ClickAsync();
        await Office.Page.Locator(".errs").WaitForAsync(); // nothing is reported before it is accepted
        await Office.Page.Locator("#place").FillAsync("10");
        await SendAsync(Office, "done=1");
        await CheckAsync(Office, "procedure-changed");
    }

    /// <summary>Hands in photos, fills in the declaration measure by measure and goal by goal, and keeps it; it is signed as of a day.</summary>
    public async Task DeclareByPageAsync(string closure, string item, int on)
    {
        await HandInAsync(item, "Photo", "整改前照片", on - 1);
        await HandInAsync(item, "Photo", "整改后照片", on - 1);
        var page = Unit.Page;
        await Unit.OpenAsync($"/closures/{closure}/declaration");
        await CheckAsync(Unit, "closure-declaration");
        await page.Locator("#completed").FillAsync(Day(on - 1));
        await page.Locator("#report").FillAsync("已按整改方案完成全部措施。");
        foreach (var (i, part) in (await page.Locator("section[aria-labelledby]").AllAsync()).Index())
        {
            await part.Locator($"#on-{i}").FillAsync(Day(on - 1));
            await part.Locator($"#result-{i}").FillAsync("已全部落实，效果符合要求。");
            await part.GetByLabel("整改前照片").First.CheckAsync();
            await part.GetByLabel("整改后照片").First.CheckAsync();
        }

        await page.Locator("button[value=keep]").ClickAsync();
        await page.ArriveAsync("**done=kept");
        await TakeAsync(Unit, closure, on); // the page signs as of today
    }

    /// <summary>What was sent back is signed anew on the page of its declaration.</summary>
    public async Task DeclareAgainAsync(string closure)
    {
        await Unit.OpenAsync($"/closures/{closure}/declaration");
        Assert.Contains("到现场核查", await Unit.Page.InnerTextAsync("main"), StringComparison.Ordinal); // why it came back
        await CheckAsync(Unit, "closure-sent-back");
        await Unit.Page.Locator("button[value=sign]").ClickAsync();
        await Unit.Page.Locator(".errs a[href='#password']").WaitForAsync();
        await Unit.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await Unit.Page.Locator("button[value=sign]").ClickAsync();
        await Unit.Page.ArriveAsync("**done=declared");
    }

    /// <summary>The office publishes an item as it saw it in the preview.</summary>
    /// <returns>Its public address.</returns>
    public async Task<string> PublishItemAsync(string item)
    {
        var page = Office.Page;
        await Office.OpenAsync($"/items/{item}/publication");
        foreach (var field in new[] { "Problem", "Measures", "Steps", "Closing" })
        {
            await page.Locator($"#f-{field}").CheckAsync();
        }

        await page.Locator("#remark").FillAsync("已销号");
        await page.Locator("button[value=preview]").ClickAsync();
        await page.Locator("#preview").WaitForAsync();
        await CheckAsync(Office, "closure-publication");
        await page.Locator("button[value=publish]").ClickAsync();
        await page.ArriveAsync("**done=published");
        return (await page.Locator($"a[href^='/public/{Programme}/items/']").First.GetAttributeAsync("href"))!;
    }

    /// <summary>Hands in photos, answers every measure and goal with them, and signs as of a day.</summary>
    public async Task DeclareAsync(string closure, string item, int on)
    {
        var photos = new[] { await HandInAsync(item, "Photo", "整改前照片", on - 1), await HandInAsync(item, "Photo", "整改后照片", on - 1) };
        var now = (await ReadAsync(Unit, $"/api/closures/{closure}")).GetProperty("declaration");
        object[] Answered(string parts) =>
        [
            .. now.GetProperty(parts).EnumerateArray().Select(part => new
            {
                item = part.GetProperty("item").GetString(),
                goal = part.GetProperty("goal").GetString(),
                on = Day(on - 1),
                result = "已全部落实，效果符合要求。",
                evidence = photos,
            }),
        ];
        var saved = await Unit.Page.APIRequest.PutAsync(
            $"/api/closures/{closure}/declaration",
            new()
            {
                DataObject = new
                {
                    declaration = new { outcome = "PutRight", completedOn = Day(on - 1), report = "已按整改方案完成全部措施。", measures = Answered("measures"), goals = Answered("goals"), evidence = photos },
                    version = await VersionAsync(closure),
                },
            });
        Assert.Equal(200, saved.Status);
        await TakeAsync(Unit, closure, on);
    }

    /// <summary>Hands in whatever the item's dossier lacks before an application.</summary>
    public async Task FillDossierAsync(string item)
    {
        var kinds = new Dictionary<string, string>
        {
            ["plan"] = "Plan",
            ["approval"] = "Document",
            ["funding"] = "Funding",
            ["minutes"] = "Minutes",
            ["record"] = "SiteRecord",
            ["similar"] = "Ledger",
            ["measure"] = "Document",
            ["monitoring"] = "Monitoring",
            ["report"] = "Document",
        };
        foreach (var line in (await ReadAsync(Unit, $"/api/items/{item}/dossier")).GetProperty("lines").EnumerateArray())
        {
            var (key, target) = (line.GetProperty("key").GetString()!.Split('-')[0], line.GetProperty("target").GetString()!);
            if (key == "photos")
            {
                await HandInAsync(target, "Photo", "整改前", -3_400, "白杨路");
                await HandInAsync(target, "Photo", "整改后", -42, "白杨路");
            }
            else if (kinds.TryGetValue(key, out var kind))
            {
                await HandInAsync(target, kind, $"{line.GetProperty("title").GetString()}，批复", -42, "白杨路");
            }
        }
    }

    /// <summary>The accepting unit ticks both on one page, answers every line and signs once.</summary>
    public async Task AcceptTogetherAsync(IReadOnlyList<string> closures, int on)
    {
        var page = Acceptor.Page;
        foreach (var closure in closures)
        {
            await page.Locator($"#c-{closure}").CheckAsync();
        }

        foreach (var met in await page.Locator("input[type=radio][value=Met]").AllAsync())
        {
            await met.CheckAsync();
        }

        await page.Locator("#day").FillAsync(Day(on));
        await page.Locator("#opinion").FillAsync("经验收，同意。");
        await page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await SendAsync(Acceptor, $"done={closures.Count}");
    }

    /// <summary>The office writes a notice, says why each contradiction may stand, and publishes it. Nobody outside sees it before.</summary>
    /// <returns>The notice, and its public address.</returns>
    public async Task<(string Notice, string Address)> PublishAsync(string closure, int from)
    {
        await Office.OpenAsync($"/p/{Programme}/notices");
        await Office.Page.Locator($"#c-{closure}").CheckAsync();
        await Office.Page.Locator("main form .btn-primary").ClickAsync();
        await Office.Page.ArriveAsync(new System.Text.RegularExpressions.Regex("/notices/[0-9a-f-]{36}"));
        var notice = new Uri(Office.Page.Url).Segments[^1];
        await Office.OpenAsync($"/notices/{notice}");
        var address = (await ReadAsync(Office, $"/api/notices/{notice}")).GetProperty("publicId").GetString()!;
        Assert.Equal(404, await Citizen.OpenAsync($"/public/notices/{address}"));
        await WriteResultAsync(notice, "措施落实率达到61.34%。"); // the goal is 100 %
        await RefusedAsync(Office, $"/api/notices/{notice}/publication", new { channel = "政府网站", version = await NoticeVersionAsync(notice), from = Day(from), password = Visitor.SamplePassword }, 422, "notice.contradictions");
        await Office.OpenAsync($"/notices/{notice}");
        await CheckAsync(Office, "notice-contradiction");
        await WriteResultAsync(notice, "措施落实率达到100%。");
        var first = $"?from={Day(from)}"; // it stood elsewhere since then
        await Office.OpenAsync($"/notices/{notice}{first}");
        for (var reason = Office.Page.Locator("textarea[name=reason]"); await reason.CountAsync() > 0;)
        {
            await reason.First.FillAsync("情况属实，已逐项核对。");
            await Office.Page.Locator("form:has(textarea[name=reason]) button").First.ClickAsync();
            await Office.Page.ArriveAsync("**done=overruled");
            await Office.OpenAsync($"/notices/{notice}{first}");
        }

        await RefusedAsync(Office, $"/api/notices/{notice}/publication", new { channel = "政府网站", version = await NoticeVersionAsync(notice), from = Day(from), password = Visitor.SamplePassword }, 422, "notice.backdated");
        await Office.OpenAsync($"/notices/{notice}{first}");
        await Office.Page.Locator("form:has(#piece) button").ClickAsync();
        await Office.Page.ArriveAsync("**done=proved");
        await Office.OpenAsync($"/notices/{notice}/publication{first}");
        await CheckAsync(Office, "notice-publication");
        await Office.Page.Locator("#from").FillAsync(Day(from));
        await Office.Page.Locator("#channel").FillAsync("自治区人民政府网站");
        await Office.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await Office.Page.Locator("main form .btn-danger-plain").ClickAsync();
        await Office.Page.ArriveAsync("**done=published");
        return (notice, address);
    }

    private async Task WriteResultAsync(string notice, string result)
    {
        await Office.OpenAsync($"/notices/{notice}/text");
        await Office.Page.Locator("#result-0").FillAsync(result);
        await SendAsync(Office, "done=saved");
        await Office.OpenAsync($"/notices/{notice}");
    }

    /// <summary>A notice of a closing goes out today; a citizen objects to it in time, is right, and the closing goes back to its unit.</summary>
    public async Task ObjectedAsync(string closure)
    {
        var made = (await SentAsync(Office, $"/api/programmes/{Programme}/notices", new { closures = new[] { closure } })).GetProperty("id").GetString()!;
        foreach (var doubt in (await ReadAsync(Office, $"/api/notices/{made}")).GetProperty("contradictions").EnumerateArray())
        {
            await SentAsync(Office, $"/api/notices/{made}/overrulings", new { closure, tag = doubt.GetProperty("tag").GetString(), reason = "情况属实，已逐项核对。", version = await NoticeVersionAsync(made) });
        }

        await SentAsync(Office, $"/api/notices/{made}/publication", new { channel = "自治区人民政府网站", version = await NoticeVersionAsync(made), password = Visitor.SamplePassword });
        await RefusedAsync(Office, $"/api/notices/{made}/end", new { password = Visitor.SamplePassword }, 409, "notice.stands");

        var address = (await ReadAsync(Office, $"/api/notices/{made}")).GetProperty("publicId").GetString()!;
        await Citizen.OpenAsync($"/public/notices/{address}");
        await CheckAsync(Citizen, "public-notice");
        await Citizen.OpenAsync($"/public/notices/{address}/objection");
        await CheckAsync(Citizen, "public-objection");
        await Citizen.Page.Locator("#text").FillAsync("废渣还堆在河边。");
        await Citizen.Page.Locator("#name").FillAsync("河边居民");
        await Citizen.Page.Locator("#contact").FillAsync("13900000001");
        await Citizen.Page.Locator("main form .btn-primary").ClickAsync();
        var code = await Citizen.Page.Locator("#code").InnerTextAsync();
        await StepRefusedAsync(Office, closure, 0, 409, "closure.obstacles");
        await RefusedAsync(Leader, $"/api/notices/{made}/end", new { password = Visitor.SamplePassword }, 403, "closure.duty");
        Assert.Equal(403, (await Unit.Page.APIRequest.GetAsync($"/api/notices/{made}/objections")).Status); // whom it is about does not read it
        await DecideAsync(made, "Upheld", 0, back: true, "情况属实，已退回整改。");
        Assert.Contains("已退回整改", await LookUpAsync(code), StringComparison.Ordinal);
        var now = await ReadAsync(Office, $"/api/closures/{closure}");
        Assert.Equal(("Drafting", 1), (now.GetProperty("state").GetString(), now.GetProperty("returns").GetInt32()));
    }

    /// <summary>The office enters an objection that came by post.</summary>
    /// <returns>The receipt code.</returns>
    public async Task<string> EnterLetterAsync(string notice, int dated, int received)
    {
        await Office.OpenAsync($"/notices/{notice}/objections/new");
        await CheckAsync(Office, "objection-new");
        await Office.Page.Locator("#dated").FillAsync(Day(dated));
        await Office.Page.Locator("#received").FillAsync(Day(received));
        await Office.Page.Locator("#text").FillAsync("晚上还有渣土车不盖篷布。");
        await Office.Page.Locator("main form .btn-primary").ClickAsync();
        return await Office.Page.Locator("#code").InnerTextAsync();
    }

    public async Task DecideAsync(string notice, string outcome, int on, bool back, string answer)
    {
        var objection = (await ReadAsync(Office, $"/api/notices/{notice}/objections"))[0].GetProperty("id").GetString();
        await Office.OpenAsync($"/objections/{objection}");
        await CheckAsync(Office, $"objection-{outcome}");
        await Office.Page.Locator($"#o-{outcome}").CheckAsync();
        await Office.Page.Locator("#back").SetCheckedAsync(back);
        await Office.Page.Locator("#reasons").FillAsync("到现场核查。");
        await Office.Page.Locator("#answer").FillAsync(answer);
        await Office.Page.Locator("#day").FillAsync(Day(on));
        await SendAsync(Office, "done=settled");
    }

    /// <summary>What a citizen is told who gives a receipt code.</summary>
    public async Task<string> LookUpAsync(string code)
    {
        await Citizen.OpenAsync("/public/objections");
        await Citizen.Page.Locator("#code").FillAsync(code);
        await Citizen.Page.Locator("main form .btn-primary").GoAsync();
        return await Citizen.Page.InnerTextAsync("main");
    }

    public async Task<object> RenewalAsync(string closure) => new
    {
        version = await VersionAsync(closure),
        effect = "None",
        stated = new { on = Day(0), opinion = "改动不影响结论。" },
        password = Visitor.SamplePassword,
    };

    public async Task RenewAsync(Visitor by, string closure) => await SentAsync(by, $"/api/closures/{closure}/renewal", await RenewalAsync(closure));

    public async Task RenewByPageAsync(Visitor by, string closure)
    {
        await by.OpenAsync($"/closures/{closure}/renewal");
        await by.Page.Locator("#opinion").FillAsync("改动不影响结论。");
        await by.Page.Locator("#password").FillAsync(Visitor.SamplePassword);
        await SendAsync(by, "done=renewed");
    }

    /// <summary>The administrator gives an account one more duty, at a unit.</summary>
    public async Task GiveDutyAsync(string account, string role, string unit)
    {
        await Admin.OpenAsync($"/admin/accounts?find={account}");
        await Admin.Page.GetByRole(AriaRole.Row).Filter(new() { Has = Admin.Page.GetByRole(AriaRole.Cell, new() { Name = account, Exact = true }) }).Locator("a").First.ClickAsync();
        await Admin.Page.Locator("#role").SelectOptionAsync(role);
        await Admin.Page.Locator("#unit").SelectOptionAsync((await Admin.Page.Locator("#unit option").Filter(new() { HasText = unit }).First.GetAttributeAsync("value"))!);
        await SendAsync(Admin, "done=duty");
    }

    /// <summary>Ends the duty of that name of the account that was given one.</summary>
    public async Task EndDutyAsync(string role)
    {
        await Admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = role }).Locator("button[name=duty]").Last.ClickAsync();
        await Admin.Page.ArriveAsync("**done=ended");
    }

    private async Task<int> VersionAsync(string closure) => (await ReadAsync(Office, $"/api/closures/{closure}")).GetProperty("version").GetInt32();

    private async Task<int> NoticeVersionAsync(string notice) => (await ReadAsync(Office, $"/api/notices/{notice}")).GetProperty("version").GetInt32();

    private static async Task<JsonElement> SentAsync(Visitor by, string path, object body)
    {
        var answer = await by.Page.APIRequest.PostAsync(path, new() { DataObject = body });
        var said = await answer.TextAsync();
        Assert.True(answer.Ok, $"{path}: {answer.Status} {said}");
        return said.Length > 0 ? JsonDocument.Parse(said).RootElement : default;
    }

    private async Task<string> HandInAsync(string item, string kind, string title, int on, string place = "")
    {
        var bytes = Encoding.UTF8.GetBytes($"{title} {Guid.NewGuid()}");
        var upload = await Unit.Page.APIRequest.PostAsync("/api/uploads", new()
        {
            DataByte = bytes,
            Headers = new Dictionary<string, string>
            {
                ["Tus-Resumable"] = "1.0.0",
                ["Upload-Length"] = bytes.Length.ToString(CultureInfo.InvariantCulture),
                ["Upload-Metadata"] = $"filename {Convert.ToBase64String("site.txt"u8)}",
                ["Content-Type"] = "application/offset+octet-stream",
            },
        });
        Assert.Equal(201, upload.Status);
        return (await SentAsync(Unit, $"/api/items/{item}/evidence", new { kind, title, effectiveOn = Day(on), issuer = "璞岑市生态环境局", place, upload = upload.Headers["location"].Split('/')[^1] })).GetProperty("id").GetString()!;
    }
}
