using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Rectify.Platform.Files;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Files;

/// <summary>The protocol of resumable upload against the real server. Source: https://tus.io/protocols/resumable-upload, version 1.0.0.</summary>
public sealed class TusTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private HttpClient office = null!;
    private HttpClient clerk = null!;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync("Uploads:LargestMiB=2");
        (office, clerk) = (served.Client(), served.Client());
        (await ServedProduct.SignInAsync(office, "office", Password)).Dispose();
        (await ServedProduct.SignInAsync(clerk, "clerk", Password)).Dispose();
        office.DefaultRequestHeaders.Accept.Clear(); // a program, no browser
    }

    public async ValueTask DisposeAsync()
    {
        office.Dispose();
        clerk.Dispose();
        await served.DisposeAsync();
    }

    [Fact]
    public async Task OPTIONS_says_what_is_understood_without_naming_a_version()
    {
        using var answer = await office.SendAsync(new(HttpMethod.Options, "/api/uploads"), Ct);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
        Assert.Equal("creation,creation-with-upload,termination,expiration,checksum", Header(answer, "Tus-Extension"));
        Assert.Equal("2097152", Header(answer, "Tus-Max-Size"));
        Assert.Equal("sha1,sha256", Header(answer, "Tus-Checksum-Algorithm"));
    }

    [Fact]
    public async Task Another_version_and_none_are_refused_with_412()
    {
        foreach (var version in new[] { null, "0.2.2" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Headers = { { "Upload-Length", "5" } } };
            if (version is not null)
            {
                request.Headers.Add("Tus-Resumable", version);
            }

            using var answer = await office.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
            Assert.Equal(("1.0.0", "1.0.0"), (Header(answer, "Tus-Version"), Header(answer, "Tus-Resumable")));
        }
    }

    [Fact]
    public async Task An_upload_is_created_written_asked_for_and_ended()
    {
        var content = Encoding.UTF8.GetBytes("0123456789");
        var address = await CreateAsync(office, content.Length, ("Upload-Metadata", $"filename {Convert.ToBase64String("照片 1.jpg"u8)},is_confidential"));
        Assert.StartsWith("/api/uploads/", address, StringComparison.Ordinal);
        Assert.Equal((200, 0L), await HeadAsync(office, address));
        Assert.Equal((204, 4L), await PatchAsync(office, address, 0, content[..4]));
        using (var head = await SendAsync(office, HttpMethod.Head, address))
        {
            Assert.Equal(("4", "10", "no-store"), (Header(head, "Upload-Offset"), Header(head, "Upload-Length"), Header(head, "Cache-Control")));
            Assert.Contains("is_confidential", Header(head, "Upload-Metadata"), StringComparison.Ordinal);
            Assert.True(DateTimeOffset.TryParse(Header(head, "Upload-Expires"), CultureInfo.InvariantCulture, out var until) && until > DateTimeOffset.UnixEpoch);
        }

        Assert.Equal((204, 10L), await PatchAsync(office, address, 4, content[4..]));
        Assert.Equal((200, 10L), await HeadAsync(office, address));
        using (var gone = await SendAsync(office, HttpMethod.Delete, address))
        {
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        Assert.Equal(404, (await HeadAsync(office, address)).Status);
        Assert.Equal(404, (await PatchAsync(office, address, 10, [])).Status);
    }

    [Fact]
    public async Task A_wrong_offset_type_or_length_changes_nothing()
    {
        var address = await CreateAsync(office, 10);
        await PatchAsync(office, address, 0, new byte[4]);
        Assert.Equal(409, (await PatchAsync(office, address, 3, new byte[1])).Status);
        Assert.Equal(409, (await PatchAsync(office, address, 5, new byte[1])).Status);
        Assert.Equal(415, (await PatchAsync(office, address, 4, new byte[1], type: "application/octet-stream")).Status);
        Assert.Equal(413, (await PatchAsync(office, address, 4, new byte[7])).Status);
        Assert.Equal(400, (await PatchAsync(office, address, null, new byte[1])).Status);
        Assert.Equal((200, 4L), await HeadAsync(office, address));

        // More than announced, without saying so before.
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new Chunked(new byte[50]) };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", "4");
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        using var answer = await office.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal((200, 4L), await HeadAsync(office, address));
    }

    [Fact]
    public async Task Lengths_that_cannot_be_are_refused_when_the_upload_is_created()
    {
        foreach (var (length, status) in new[] { ("2097153", 413), ("0", 422), ("-1", 400), ("ten", 400), ("", 400) })
        {
            using var answer = await SendAsync(office, HttpMethod.Post, "/api/uploads", ("Upload-Length", length));
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        using var broken = await SendAsync(office, HttpMethod.Post, "/api/uploads", ("Upload-Length", "5"), ("Upload-Metadata", "filename !!"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Fact]
    public async Task An_upload_may_begin_with_its_first_bytes_and_through_networks_that_know_POST_alone()
    {
        using var first = await SendAsync(office, HttpMethod.Post, "/api/uploads", new byte[6], ("Upload-Length", "10"));
        Assert.Equal((HttpStatusCode.Created, "6"), (first.StatusCode, Header(first, "Upload-Offset")));
        var address = first.Headers.Location!.OriginalString;
        using var rest = await SendAsync(office, HttpMethod.Post, address, new byte[4], ("Upload-Offset", "6"), ("X-HTTP-Method-Override", "PATCH"));
        Assert.Equal((HttpStatusCode.NoContent, "10"), (rest.StatusCode, Header(rest, "Upload-Offset")));
    }

    [Fact]
    public async Task A_piece_whose_checksum_does_not_fit_does_not_count()
    {
        var address = await CreateAsync(office, 5);
        var wrong = Convert.ToBase64String(SHA256.HashData("other"u8));
        Assert.Equal(460, (await PatchAsync(office, address, 0, "hello"u8.ToArray(), null, ("Upload-Checksum", $"sha256 {wrong}"))).Status);
        Assert.Equal(400, (await PatchAsync(office, address, 0, "hello"u8.ToArray(), null, ("Upload-Checksum", "md5 abcd"))).Status);
        Assert.Equal((200, 0L), await HeadAsync(office, address));
        var right = Convert.ToBase64String(SHA256.HashData("hello"u8));
        Assert.Equal((204, 5L), await PatchAsync(office, address, 0, "hello"u8.ToArray(), null, ("Upload-Checksum", $"sha256 {right}")));
    }

    [Fact]
    public async Task An_upload_is_there_for_its_owner_alone()
    {
        var address = await CreateAsync(office, 10);
        Assert.Equal(404, (await HeadAsync(clerk, address)).Status);
        Assert.Equal(404, (await PatchAsync(clerk, address, 0, new byte[1])).Status);
        using (var taken = await SendAsync(clerk, HttpMethod.Delete, address))
        {
            Assert.Equal(HttpStatusCode.NotFound, taken.StatusCode);
        }

        using var stranger = served.Client();
        stranger.DefaultRequestHeaders.Accept.Clear();
        using var unknown = await SendAsync(stranger, HttpMethod.Post, "/api/uploads", ("Upload-Length", "5"));
        Assert.Contains((int)unknown.StatusCode, new[] { 401, 302 });
        Assert.Equal((200, 0L), await HeadAsync(office, address));
    }

    [Fact]
    public async Task Whatever_is_cut_and_wherever_the_file_arrives_whole()
    {
        await Gen.Select(Gen.Int[1, 300_000], Gen.Int[0, 100].Array[3]).SampleAsync(
            async (length, cuts) =>
            {
                var content = RandomNumberGenerator.GetBytes(length);
                var address = await CreateAsync(office, length);
                var offset = 0L;
                foreach (var cut in cuts)
                {
                    offset = await SendAndCutAsync(address, content, offset, (length - offset) * cut / 100);
                }

                Assert.Equal((204, (long)length), await PatchAsync(office, address, offset, content[(int)offset..]));
                await served.InAsync(async services =>
                {
                    await using var kept = ((FileStore)services.GetService(typeof(FileStore))!).Open(Convert.ToHexStringLower(SHA256.HashData(content)));
                    Assert.Equal(length, kept.Length);
                });
                (await SendAsync(office, HttpMethod.Delete, address)).Dispose();
            }, iter: 25, threads: 1);
        Assert.Empty(served.Warnings); // a line that is cut is everyday life
    }

    [Fact]
    public async Task Two_writers_at_once_leave_one_whole_file()
    {
        var content = RandomNumberGenerator.GetBytes(1_500_000);
        var address = await CreateAsync(office, content.Length);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PatchAsync(office, address, 0, content)));
        Assert.Contains(204, answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 204, 409 }));
        Assert.Equal((200, (long)content.Length), await HeadAsync(office, address));
        await served.InAsync(async services =>
        {
            await using var kept = ((FileStore)services.GetService(typeof(FileStore))!).Open(Convert.ToHexStringLower(SHA256.HashData(content)));
            Assert.Equal(content.Length, kept.Length);
        });
    }

    // Announces all that is left, sends some of it and hangs up, as a line that is cut; then asks what arrived.
    private async Task<long> SendAndCutAsync(string address, byte[] content, long offset, long some)
    {
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(served.Address.Host, served.Address.Port, Ct);
            var cookies = string.Join("; ", await CookiesAsync());
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PATCH {address} HTTP/1.1\r\nHost: {served.Address.Authority}\r\nCookie: {cookies}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\n"
                + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {content.Length - offset}\r\n\r\n"), Ct);
            await line.GetStream().WriteAsync(content.AsMemory((int)offset, (int)some), Ct);
            line.LingerState = new(true, 0);
        }

        // The server hears of the cut when it next reads.
        for (var tries = 0; ; tries++)
        {
            var (status, at) = await HeadAsync(office, address);
            Assert.Equal(200, status);
            Assert.InRange(at!.Value, offset, offset + some);
            using var probe = await SendAsync(office, HttpMethod.Patch, address, [], ("Upload-Offset", at.Value.ToString(CultureInfo.InvariantCulture)));
            if (probe.StatusCode is HttpStatusCode.NoContent)
            {
                return at.Value; // nobody writes any more
            }

            Assert.True(tries < 10_000, "The server still writes.");
            await Task.Delay(20, Ct);
        }
    }

    private async Task<IEnumerable<string>> CookiesAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = served.Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };
        if (cookies is null)
        {
            var page = await client.GetAsync("/signin", Ct);
            var first = page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ToList();
            client.DefaultRequestHeaders.Add("Cookie", first);
            var answer = await ServedProduct.SignInAsync(client, "office", Password);
            cookies = [.. first, .. answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])];
        }

        return cookies;
    }

    private List<string>? cookies;

    private static async Task<string> CreateAsync(HttpClient client, long length, params (string, string)[] headers)
    {
        using var answer = await SendAsync(client, HttpMethod.Post, "/api/uploads", [.. headers, ("Upload-Length", length.ToString(CultureInfo.InvariantCulture))]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<(int Status, long? Offset)> HeadAsync(HttpClient client, string address)
    {
        using var answer = await SendAsync(client, HttpMethod.Head, address);
        return ((int)answer.StatusCode, long.TryParse(Header(answer, "Upload-Offset"), out var offset) ? offset : null);
    }

    private static async Task<(int Status, long? Offset)> PatchAsync(
        HttpClient client, string address, long? offset, byte[] content, string? type = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new(type ?? "application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in offset is null ? headers : [.. headers, ("Upload-Offset", offset.Value.ToString(CultureInfo.InvariantCulture))])
        {
            request.Headers.Add(name, value);
        }

        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal("1.0.0", Header(answer, "Tus-Resumable"));
        return ((int)answer.StatusCode, long.TryParse(Header(answer, "Upload-Offset"), out var at) ? at : null);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, params (string, string)[] headers) =>
        SendAsync(client, method, address, null, headers);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, byte[]? content, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = new("application/offset+octet-stream");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Ct);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";

    private sealed class Chunked(byte[] content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(content).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
