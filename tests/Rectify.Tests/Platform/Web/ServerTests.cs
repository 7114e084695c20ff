using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.CommandLine;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Web;

/// <summary>What only the real server shows: addresses, limits, and what it says at its start.</summary>
public sealed class ServerTests
{
    [Theory, EveryDatabase]
    public async Task A_first_start_and_a_name_just_taken_leave_no_warning_in_the_log(string database)
    {
        await using var served = await ServedProduct.StartAsync(
            database is "sqlite" ? [] : [$"ConnectionStrings:Db={await EmptyDatabase.BarePostgresAsync()}"]);
        using var client = served.Client();

        await client.GetStringAsync("/signin", Ct); // makes the first key
        await served.InAsync(async services =>
        {
            services.GetRequiredService<Db>().Add(Unit.Create(new UnitDetails("R", "taken code", UnitKind.Department), null));
            var no = await Assert.ThrowsAsync<Refusal>(() => services.GetRequiredService<JournalWriter>().CommitAsync(
                new Put { Subject = Guid.CreateVersion7(), By = Setup, At = DateTimeOffset.UnixEpoch }, Ct));
            Assert.Equal("taken", no.Code);
        });

        Assert.Empty(served.Warnings);
    }

    [Fact]
    public async Task Whoever_tries_too_often_to_sign_in_is_told_to_wait_and_how_long()
    {
        await using var served = await ServedProduct.StartAsync("SignIn:TriesPerMinute=3");
        using var client = served.Client();
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await ServedProduct.SignInAsync(client, $"nobody{i}", "a wrong password");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var answer = await ServedProduct.SignInAsync(client, "office", Password);

        var page = await ReadAsync(answer);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("操作太频繁，请过一会儿再来", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("同一网络地址在1分钟里试的次数太多，请等1分钟再试。", page.QuerySelector(".prose")!.TextContent);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/signin", Ct)).StatusCode); // to look is no try
    }

    [Theory]
    [InlineData("")] // no proxy: the setting's default
    [InlineData("10.9.9.9, 10.8.0.0/16")] // a proxy, but not the one who asks
    public async Task An_address_that_a_stranger_states_does_not_count(string proxies)
    {
        await using var served = await ServedProduct.StartAsync("SignIn:TriesPerMinute=2", $"Proxies={proxies}");
        using var client = served.Client();

        var statuses = await TryAsync(client, Enumerable.Range(1, 4).Select(i => $"192.0.2.{i}"));

        Assert.Equal([400, 400, 429, 429], statuses);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8 ::1")]
    public async Task Behind_a_known_proxy_each_reader_counts_alone(string proxies)
    {
        await using var served = await ServedProduct.StartAsync("SignIn:TriesPerMinute=2", $"Proxies={proxies}");
        using var client = served.Client();

        // One address each; then one reader who puts a false address before what the proxy adds.
        Assert.Equal([400, 400, 400, 400], await TryAsync(client, Enumerable.Range(1, 4).Select(i => $"192.0.2.{i}")));
        Assert.Equal([400, 400, 429, 429], await TryAsync(client, Enumerable.Range(1, 4).Select(i => $"203.0.113.{i}, 192.0.2.99")));
    }

    [Fact]
    public async Task Behind_a_known_proxy_a_session_has_the_readers_address_and_the_cookie_is_for_HTTPS()
    {
        await using var served = await ServedProduct.StartAsync("Proxies=127.0.0.1");
        using var client = served.Client();

        using var answer = await ServedProduct.SignInAsync(client, "office", Password, ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("rectify=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            var account = await db.Accounts().SingleAsync(a => a.UserName == "office", Ct);
            Assert.Equal("192.0.2.7", await db.SessionsOf(account.Id).Select(session => session.Address).SingleAsync(Ct));
        });
    }

    [Theory]
    [InlineData("the proxy")]
    [InlineData("10.0.0.5/99")]
    public void A_proxy_that_is_no_address_is_refused_at_the_start(string proxies)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}");
        Assert.Equal("setting.proxies", Assert.Throws<Refusal>(() => Product.Build([$"--Proxies={proxies}"], folder)).Code);
    }

    [Theory]
    [InlineData("/p/r1/plan/import", StartImport.LargestRequest)]
    [InlineData("/api/programmes/r1/imports", StartImport.LargestRequest)]
    [InlineData("/organisation/import", 30_000_000)] // the server's own limit
    public async Task A_file_too_large_gets_one_answer_whether_its_size_was_stated_or_not(string path, long limit)
    {
        await using var served = await ServedProduct.StartAsync();
        using var client = served.Client();
        using var signedIn = await ServedProduct.SignInAsync(client, "office", Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("rectify=", StringComparison.Ordinal)).Split(';')[0];

        var stated = await UploadAsync(served.Address, path, cookie, limit + 1, chunked: false);
        var unstated = await UploadAsync(served.Address, path, cookie, limit + 1, chunked: true);

        Assert.Equal((413, Sentence(limit)), stated);
        Assert.Equal(stated, unstated);
    }

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    private static string Sentence(long limit) =>
        string.Create(CultureInfo.InvariantCulture, $"文件超过{limit / 1_048_576} MB，没有收下。请拆分文件，或者压缩其中的图片后再上传。");

    // Without the form's token: the limit stands before everything that looks at the form.
    private static async Task<List<int>> TryAsync(HttpClient client, IEnumerable<string> addresses)
    {
        var statuses = new List<int>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await client.SendAsync(request, Ct);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    // By hand: an HTTP client sends everything before it listens, and the server answers before it has heard everything.
    private static async Task<(int Status, string Sentence)> UploadAsync(Uri address, string path, string cookie, long size, bool chunked)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Ct);
        var stream = connection.GetStream();
        var length = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {size}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: {(path.StartsWith("/api", StringComparison.Ordinal) ? "*/*" : "text/html")}\r\nCookie: {cookie}\r\nConnection: close\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\n{length}\r\n\r\n"), Ct);
        var answer = ReadToEndAsync(stream);
        try
        {
            await SendAsync(stream, size, chunked);
        }
        catch (IOException)
        {
            // The server has answered and listens no more.
        }

        var (head, body) = await answer;
        var status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
        return (status, head.Contains("application/problem+json", StringComparison.Ordinal)
            ? JsonDocument.Parse(body).RootElement.GetProperty("title").GetString()!
            : new HtmlParser().ParseDocument(body).QuerySelector("h1")!.TextContent);
    }

    private static async Task SendAsync(NetworkStream stream, long size, bool chunked)
    {
        var head = Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.txt\"\r\n\r\n");
        var block = new byte[1_048_576];
        for (long sent = 0; sent < size;)
        {
            var part = sent == 0 ? head : block.AsMemory(0, (int)Math.Min(block.Length, size - sent));
            if (chunked)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), Ct);
            }

            await stream.WriteAsync(part, Ct);
            if (chunked)
            {
                await stream.WriteAsync("\r\n"u8.ToArray(), Ct);
            }

            sent += part.Length;
        }
    }

    private static async Task<(string Head, string Body)> ReadToEndAsync(NetworkStream stream)
    {
        var read = new MemoryStream();
        var buffer = new byte[16_384];
        try
        {
            for (int n; (n = await stream.ReadAsync(buffer, Ct)) > 0;)
            {
                read.Write(buffer, 0, n);
            }
        }
        catch (IOException)
        {
            // Cut off after the answer: the rest of the upload was not taken.
        }

        var text = Encoding.UTF8.GetString(read.ToArray()).Split("\r\n\r\n", 2);
        return (text[0], Unchunk(text[0], text[1]));
    }

    private static string Unchunk(string head, string body)
    {
        if (!head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        // Sizes of chunks count bytes.
        var (bytes, whole) = (Encoding.UTF8.GetBytes(body), new MemoryStream());
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\r', at);
            var size = int.Parse(Encoding.ASCII.GetString(bytes, at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                break;
            }

            whole.Write(bytes, end + 2, size);
            at = end + 2 + size + 2;
        }

        return Encoding.UTF8.GetString(whole.ToArray());
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
}
