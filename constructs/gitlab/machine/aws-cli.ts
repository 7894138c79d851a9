import { Files } from "../../boot/parts/files";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import { verifiedDownload } from "../../boot/verified-download";

/** Version of the AWS CLI on the machines. */
const VERSION = "2.27.49";

/**
 * Key that signs the archives of AWS CLI v2. Its content is determined by the fingerprint.
 *
 * Source: "Installing or updating to the latest version of the AWS CLI" in the AWS CLI user guide, "Verify the integrity of the
 * installer". The key is the copy that expires in July 2027; the expiration does not invalidate signatures of a pinned version.
 */
const KEY = {
  fingerprint: "FB5DB77FD5C118B80511ADA8A6310ACC4672475C",
  base64: [
    "mQINBF2Cr7UBEADJZHcgusOJl7ENSyumXh85z0TRV0xJorM2B/JL0kHOyigQluUGZMLhENaG0bYatdrKP+3H91lvK050pXwnO/R7",
    "fB/FSTouki4ciIx5OuLlnJZIxSzxPqGl0mkxImLNbGWoi6Lto0LYxqHN2iQtzlwTVmq9733zd3XfcXrZ3+LblHAgEt5GTfNxEKJ8",
    "soPLyWmwDH6HWCnjZ/aIQRBTIQ05uVeEoYxSh6wOai7ss/KveoSNBbYzgbdzoqI2Y8cgH2nbfgp3DSasaLZEdCSsIsK1u05CinE7",
    "k2qZ7KgKAUIcT/cR/grkC6VwsnDU0OUCideXcQ8WeHutqvgZH1JgKDbznoIzeQHJD238GEu+eKhRHcz8/jeG94zkcgJOz3KbZGYM",
    "iTh277Fvj9zzvZsbMBCedV1BTg3TqgvdX4bdkhf5cH+7NtWOlrFj6UwAsGukBTAOxC0l/dnSmZhJ7Z1KmEWilro/gOrjtOxqRQut",
    "lIqG22TaqoPGfYVN+en3Zwbt97kcgZDwqbuykNt64oZWc4XKCa3mprEGC3IbJTBFqglXmZ7l9ywGEEUJYOlb2XrSuPWml39beWdK",
    "M8kzr1OjnlOm6+lpTRCBfo0wa9F8YZRhHPAkwKkXXDeOGpWRj4ohOx0d2GWkyV5xyN14p2tQOCdOODmz80yUTgRpPVQUtOEhXQAR",
    "AQABtCFBV1MgQ0xJIFRlYW0gPGF3cy1jbGlAYW1hem9uLmNvbT6JAlQEEwEIAD4CGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AW",
    "IQT7Xbd/1cEYuAURraimMQrMRnJHXAUCakV0ygUJDqP4lQAKCRCmMQrMRnJHXFHjD/9eyZLYcKuQOlLvtqSDtUBiEZf6ZZjMi3yg",
    "YH8rJNtuToUH+HvSpe819urJCquXhDrlK6N+aqW0hCLtNABJG/vsafIgvIYJhSGgpgtNnQyMV1jViRWqPjbouw8OkYKBThUfT1i2",
    "Y+wn58ifs6ODBCmTexWtXspASi+Gt49xDOW0APmbOPnI+a4HJW6tVEo6MWS0WjzpiBayR3d1A4pt4YrPfSdDgpLoh2SLQqlRqvvV",
    "ZJaWBjhkErNFpfsBA06sDcPEOb0G8LBUbR4WOcdvhe5LubJbZuxCAG9kNPCVeQP1ixwjgjXKysaxeQ6rv0VzIQgRp6tLVLWhy6AK",
    "DNvLjFSsmXZ1Wl08Y/RlOHXlzLuQMRE6sR1wOdRxc9TsrNWTGiBK65cvSWOy03JeBkQQ8pesqltiyxI9U21kkgiXtTSKNGfKK8pO",
    "27D81YANhRqPK7iTp6kuFiY2WtOg90KTMNlIT+Ff85Y2b1rHj6Z0SrCkJujhWk3IBPic/wJgz01LEc/OAdUPlby90RJZcIBhSlWh",
    "T7mXnXIOc0HWlNQrns2s3CTyYwZSiSlYe9ApeLwhjDo8NhbFuCAy61l6O5UsR4AfZxx/rGKv2wFb1/RN/P4gNe6vmxZAPjR0AQcw",
    "D3tc2McimOLr/22kmPz8IH3I0X7WoSFr0BizE91G7bb0hOb/cA==",
  ].join("\n"),
};

/** Installs AWS CLI v2 after its signature has been verified. It uses the machine's role. */
export function awsCli(region: string): readonly BootPart[] {
  return [
    verifiedDownload(),
    Files.text("/usr/local/lib/groundwork/aws-cli-key", `${KEY.base64}\n`),
    Files.settings("/etc/groundwork/aws-cli.env", {
      AWS_CLI_VERSION: VERSION,
      AWS_CLI_REGION: region,
      AWS_CLI_FINGERPRINT: KEY.fingerprint,
    }),
    Steps.script("aws-cli", programText("gitlab", "install-aws-cli.sh")),
  ];
}
