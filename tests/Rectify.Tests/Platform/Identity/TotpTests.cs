using System.Text;
using CsCheck;
using Rectify.Platform;
using Rectify.Platform.Identity;

namespace Rectify.Tests.Platform.Identity;

public sealed class TotpTests
{
    // Source: RFC 6238 Appendix B, SHA-1, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(
        code, Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    // Source: RFC 4648 §10, without padding.
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_as_the_standard_writes_them(string key, string text) =>
        Assert.Equal(text, Totp.ToText(Encoding.ASCII.GetBytes(key)));

    [Fact]
    public void A_key_comes_back_from_its_text() =>
        Gen.Byte.Array[1, 40].Sample(key => Totp.FromText(Totp.ToText(key))!.SequenceEqual(key));

    [Fact]
    public void A_code_is_taken_within_half_a_minute_and_never_twice() =>
        Gen.Select(Gen.Byte.Array[20], Gen.Long[0, 4_000_000_000], Gen.Int[-4, 4]).Sample((key, seconds, off) =>
        {
            var now = DateTimeOffset.FromUnixTimeSeconds(seconds + 600);
            var here = Totp.StepAt(now);
            var code = Totp.Code(key, here + off);

            var step = Totp.Match(key, code, now, last: 0);
            var near = Enumerable.Range(-1, 3).Any(d => Totp.Code(key, here + d) == code);
            return step is not null == near && (step is null || Totp.Match(key, Totp.Code(key, step.Value), now, step.Value) is var again
                && (again is null || again > step));
        });
}

public sealed class PasswordRuleTests
{
    private static readonly Account Owner = new() { UserName = "liufang", DisplayName = "刘芳芳" };

    [Theory]
    [InlineData("short 123", "password.length")]
    [InlineData("my LiuFang 2026", "password.name")]
    [InlineData("我叫刘芳芳这是密码呀", "password.name")]
    [InlineData("Qwertyuiop", "password.common")]
    [InlineData("1234567890", "password.common")]
    [InlineData("aaaaaaaaaaab", "password.common")]
    [InlineData("zyxwvutsrqpon", "password.common")]
    public void Refuses_what_is_short_or_first_to_be_guessed(string password, string code) =>
        Assert.Equal(code, Assert.Throws<Refusal>(() => PasswordRule.Check(password, Owner)).Code);

    [Fact]
    public void Takes_long_ones_of_any_characters() =>
        Assert.All(["a quiet river 42", "水清岸绿景美人和谐共生", "rectify-sample-1"], password => PasswordRule.Check(password, Owner));

    [Fact]
    public void Its_own_one_time_passwords_are_taken() =>
        Assert.All(Enumerable.Range(0, 200), _ => PasswordRule.Check(PasswordRule.OneTime(), Owner));
}

public sealed class VisitorTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("curl/8.5", "-")]
    public void Names_the_browser_and_the_system(string userAgent, string device) => Assert.Equal(device, Visitor.DeviceOf(userAgent));

    [Theory]
    [InlineData("/items?light=red", "/items?light=red")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void Leads_back_to_this_site_only(string? path, string to) => Assert.Equal(to, IdentityRoom.LocalPath(path));
}
